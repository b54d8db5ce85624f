//! The objects of a PDF, reached within bounds: what is damaged or too large is an error, never left out.

use std::cell::Cell;
use std::collections::HashSet;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use super::super::super::ImportError;
use super::bounds::check_objects;
use super::inflate::{BROKEN, TOO_LARGE, inflate};

/// The largest stream unpacked, in bytes, and all of them together.
const STREAM: usize = 4 << 20;
const DOCUMENT: usize = 32 << 20;
/// The most pages; no report has a tenth of it.
const PAGES: usize = 200;
/// The deepest nesting of the page tree.
const TREE: usize = 32;
/// The most filters of a stream.
const FILTERS: usize = 4;

const TOO_MANY_PAGES: ImportError = ImportError::TooLarge("文件超过 200 页");
const PASSWORD: ImportError = ImportError::Unsupported(
    "这份 PDF 设了打开密码，读不出内容。请先用 PDF 阅读器打开，另存为不加密的文件，再导入。",
);

/// A PDF in memory.
pub struct PdfFile {
    document: Document,
    /// How many bytes may still be unpacked.
    left: Cell<usize>,
    /// Layers that are not shown.
    hidden_layers: HashSet<ObjectId>,
}

/// A page, with what it inherits.
pub struct PdfPage<'a> {
    /// Its own dictionary.
    pub dictionary: &'a Dictionary,
    /// Its fonts and forms.
    pub resources: Option<&'a Dictionary>,
    /// What of it is shown: left, bottom, right, top.
    pub area: [f32; 4],
    /// By how many degrees it is turned clockwise, a multiple of 90.
    pub rotation: i64,
}

/// What the pages below a node of the page tree inherit.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    rotation: i64,
}

impl PdfFile {
    /// Opens a PDF; one that is encrypted with a blank password as well.
    ///
    /// # Errors
    /// Returns an error if it is damaged, needs a password, or unpacks to more than any report.
    pub fn open(bytes: &[u8]) -> Result<PdfFile, ImportError> {
        check_objects(bytes)?;
        let options = LoadOptions::with_max_decompressed_size(STREAM);
        let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::Decompress(_) => TOO_LARGE,
            Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => PASSWORD,
            _ => BROKEN,
        })?;
        // Without its password a document opens all the same, and seems to be empty.
        if document.is_encrypted() {
            return Err(PASSWORD);
        }
        let mut file = PdfFile { document, left: Cell::new(DOCUMENT), hidden_layers: HashSet::new() };
        file.hidden_layers = file.read_hidden_layers();
        Ok(file)
    }

    fn read_hidden_layers(&self) -> HashSet<ObjectId> {
        let off = || {
            let catalog = self.document.catalog().ok()?;
            let default = self.dictionary(self.dictionary(catalog, b"OCProperties")?, b"D")?;
            self.array(default, b"OFF")
        };
        off().into_iter().flatten().filter_map(|layer| layer.as_reference().ok()).collect()
    }

    /// Returns whether a layer, or a group of layers, is not shown.
    pub fn is_hidden_layer(&self, layer: &Object) -> bool {
        let is_off = |layer: &Object| layer.as_reference().is_ok_and(|id| self.hidden_layers.contains(&id));
        if is_off(layer) {
            return true;
        }
        let Some(Object::Dictionary(group)) = self.resolve(layer) else { return false };
        match group.get(b"OCGs") {
            Ok(Object::Array(layers)) => !layers.is_empty() && layers.iter().all(is_off),
            Ok(single) => is_off(single),
            Err(_) => false,
        }
    }

    /// Follows references. Returns `None` if what is referred to is not there.
    pub fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object).filter(|object| !object.is_null())
    }

    /// Returns an entry of a dictionary, references followed.
    pub fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(dictionary.get(key).ok()?)
    }

    /// Returns an entry that is a dictionary, or that of a stream.
    pub fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        match self.get(dictionary, key)? {
            Object::Dictionary(found) => Some(found),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// Returns an entry that is an array.
    pub fn array<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// Returns an entry that is a number.
    pub fn number(&self, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
        self.get(dictionary, key)?.as_float().ok()
    }

    /// Returns an entry that is a name.
    pub fn name<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    /// Returns an entry that is as many numbers.
    pub fn numbers<const N: usize>(&self, dictionary: &Dictionary, key: &[u8]) -> Option<[f32; N]> {
        let mut numbers = [0.0; N];
        let array = self.array(dictionary, key)?;
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = self.resolve(array.get(at)?)?.as_float().ok()?;
        }
        Some(numbers)
    }

    /// Returns the pages in order.
    ///
    /// # Errors
    /// Returns an error if one is missing, or if there are more than in any report.
    pub fn pages(&self) -> Result<Vec<PdfPage<'_>>, ImportError> {
        let catalog = self.document.catalog().map_err(|_| BROKEN)?;
        let root = self.dictionary(catalog, b"Pages").ok_or(BROKEN)?;
        let mut pages = Vec::new();
        self.add_pages(root, Inherited::default(), 0, &mut pages)?;
        // A page that was lost must not look like a shorter report.
        let count = self.get(root, b"Count").and_then(|count| count.as_i64().ok());
        if pages.is_empty() || count.is_some_and(|count| usize::try_from(count).ok() != Some(pages.len())) {
            return Err(BROKEN);
        }
        Ok(pages)
    }

    fn add_pages<'a>(
        &'a self,
        node: &'a Dictionary,
        inherited: Inherited<'a>,
        depth: usize,
        pages: &mut Vec<PdfPage<'a>>,
    ) -> Result<(), ImportError> {
        // A tree that is a ring would be deeper than any.
        if depth > TREE {
            return Err(BROKEN);
        }
        let own = Inherited {
            resources: self.dictionary(node, b"Resources").or(inherited.resources),
            media: self.numbers(node, b"MediaBox").or(inherited.media),
            crop: self.numbers(node, b"CropBox").or(inherited.crop),
            rotation: self
                .get(node, b"Rotate")
                .and_then(|degrees| degrees.as_i64().ok())
                .unwrap_or(inherited.rotation),
        };
        let Some(kids) = self.get(node, b"Kids") else {
            if pages.len() >= PAGES {
                return Err(TOO_MANY_PAGES);
            }
            pages.push(PdfPage {
                dictionary: node,
                resources: own.resources,
                area: page_area(own.media, own.crop).ok_or(BROKEN)?,
                rotation: own.rotation.rem_euclid(360),
            });
            return Ok(());
        };
        for kid in kids.as_array().map_err(|_| BROKEN)? {
            let Some(Object::Dictionary(kid)) = self.resolve(kid) else { return Err(BROKEN) };
            self.add_pages(kid, own, depth + 1, pages)?;
        }
        Ok(())
    }

    /// Returns the content of a page, its streams one after the other.
    ///
    /// # Errors
    /// Returns an error if a stream is missing, damaged or too large.
    pub fn page_content(&self, page: &PdfPage) -> Result<Vec<u8>, ImportError> {
        let Ok(contents) = page.dictionary.get(b"Contents") else { return Ok(Vec::new()) };
        let mut content = Vec::new();
        match self.resolve(contents).ok_or(BROKEN)? {
            Object::Stream(stream) => content = self.unpack(stream)?,
            Object::Array(streams) => {
                for stream in streams {
                    let Some(Object::Stream(stream)) = self.resolve(stream) else { return Err(BROKEN) };
                    content.extend(self.unpack(stream)?);
                    content.push(b'\n');
                }
            }
            _ => return Err(BROKEN),
        }
        Ok(content)
    }

    /// Returns a stream unpacked.
    ///
    /// # Errors
    /// Returns an error if it is damaged or too large.
    pub fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, ImportError> {
        let filters = match self.get(&stream.dict, b"Filter") {
            None => Vec::new(),
            Some(Object::Name(name)) => vec![name.as_slice()],
            Some(Object::Array(names)) => {
                let names = names.iter().map(|name| self.resolve(name).and_then(|name| name.as_name().ok()));
                names.collect::<Option<Vec<_>>>().ok_or(BROKEN)?
            }
            Some(_) => return Err(BROKEN),
        };
        if filters.len() > FILTERS {
            return Err(BROKEN);
        }
        let parameters = |at: usize| match self.get(&stream.dict, b"DecodeParms")? {
            Object::Array(list) => match self.resolve(list.get(at)?)? {
                Object::Dictionary(own) => Some(own),
                _ => None,
            },
            Object::Dictionary(own) => Some(own),
            _ => None,
        };
        let limit = STREAM.min(self.left.get());
        let mut content = std::borrow::Cow::Borrowed(stream.content.as_slice());
        for (at, filter) in filters.into_iter().enumerate() {
            let parameters = parameters(at);
            let predicts =
                parameters.and_then(|own| self.number(own, b"Predictor")).is_some_and(|it| it > 1.0);
            content = match filter {
                b"Crypt" => content,
                b"FlateDecode" | b"Fl" if !predicts => inflate(&content, limit)?.into(),
                _ => {
                    let mut dictionary = Dictionary::new();
                    dictionary.set("Filter", Object::Name(filter.to_vec()));
                    if let Some(own) = parameters {
                        dictionary.set("DecodeParms", own.clone());
                    }
                    let step = Stream::new(dictionary, content.into_owned());
                    let unpacked = step.decompressed_content_with_limit(limit).map_err(|error| match error {
                        Error::Decompress(_) => TOO_LARGE,
                        _ => BROKEN,
                    });
                    unpacked?.into()
                }
            };
        }
        if content.len() > limit {
            return Err(TOO_LARGE);
        }
        self.left.set(self.left.get() - content.len());
        Ok(content.into_owned())
    }
}

/// Returns what of a page is shown, or `None` if that is nothing.
fn page_area(media: Option<[f32; 4]>, crop: Option<[f32; 4]>) -> Option<[f32; 4]> {
    // The size of A4, in case nothing is said.
    let sorted = |[a, b, c, d]: [f32; 4]| [a.min(c), b.min(d), a.max(c), b.max(d)];
    let media = sorted(media.unwrap_or([0.0, 0.0, 595.0, 842.0]));
    let [left, bottom, right, top] = crop.map_or(media, |crop| {
        let crop = sorted(crop);
        [media[0].max(crop[0]), media[1].max(crop[1]), media[2].min(crop[2]), media[3].min(crop[3])]
    });
    let fits = |from: f32, to: f32| to - from > 1.0 && to - from < 20_000.0;
    (fits(left, right) && fits(bottom, top)).then_some([left, bottom, right, top])
}
