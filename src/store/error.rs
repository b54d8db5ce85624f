//! What can go wrong with a file, as a value that says what failed and what to do.

use std::io;
use std::path::Path;

use super::platform;

/// What kind of failure it is, for those who must act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file.
    Missing,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It is larger than [`super::LARGEST`].
    TooLarge,
    /// Its bytes are not UTF-8.
    Encoding,
    /// It holds the markers of an unresolved git merge.
    Conflicted,
    /// It was written by a newer version of the program.
    Newer,
    /// It names a form that is not available.
    Form,
    /// Something written in it cannot be read.
    Content,
    /// Somebody else has written it meanwhile; nothing of theirs was written over.
    Changed,
    /// The system refused: the disk is full, the folder is not writable, …
    System(io::ErrorKind),
}

/// A file that could not be read or written: which, where in it, and a sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}：{message}", self.location())]
pub struct StoreError {
    /// The file as the user knows it. It may hold any character: show it with its marks.
    pub file: String,
    /// Line and column (in characters), both from 1, where the mistake is in the file.
    pub at: Option<(usize, usize)>,
    /// What kind of failure it is.
    pub fault: Fault,
    /// What happened and what to do.
    pub message: String,
}

impl StoreError {
    /// Creates an error without a position in the file.
    pub(super) fn new(file: &Path, fault: Fault, message: impl Into<String>) -> Self {
        StoreError { file: file.display().to_string(), at: None, fault, message: message.into() }
    }

    /// Creates an error of the system while `doing` (打开, 保存 …) something with a file.
    pub(super) fn system(file: &Path, doing: &str, error: &io::Error) -> Self {
        let fault = match error.kind() {
            io::ErrorKind::NotFound => Fault::Missing,
            kind => Fault::System(kind),
        };
        StoreError::new(file, fault, format!("{doing}失败：{}", system_message(error)))
    }

    /// `file:line:column`, or the file alone.
    pub fn location(&self) -> String {
        match self.at {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }
}

/// Returns a message that says why the system refused, and what to do about it.
pub fn system_message(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    match error.kind() {
        _ if platform::is_open_elsewhere(error) => "文件正被别的程序打开，请先在那里关掉它，再试一次".into(),
        Kind::NotFound => "文件或它所在的文件夹不存在，请核对位置".into(),
        Kind::PermissionDenied => "没有权限，请换一个位置，或请管理员放开权限".into(),
        Kind::StorageFull => "磁盘已满，请先清出空间，或存到别的位置".into(),
        Kind::QuotaExceeded => "已用完分给您的磁盘空间，请先清出空间，或存到别的位置".into(),
        Kind::ReadOnlyFilesystem => "这个位置只能读不能写，请存到别的位置".into(),
        Kind::InvalidFilename => "文件名太长，或含有不能用的字符，请换一个短些的名字".into(),
        Kind::IsADirectory => "这是一个文件夹，请给出文件名".into(),
        Kind::NotADirectory => "路径中间有一段不是文件夹，请核对位置".into(),
        Kind::FileTooLarge => "文件超过了系统允许的大小，请存到别的位置".into(),
        Kind::StaleNetworkFileHandle | Kind::TimedOut | Kind::HostUnreachable => {
            "网络磁盘没有回应，请稍后再试，或存到别的位置".into()
        }
        Kind::InvalidInput if error.raw_os_error().is_none() => "这不是一个普通文件，请核对位置".into(),
        Kind::Unsupported => "这个磁盘不支持这样做，请换一个位置".into(),
        // What the system says would be in English; by its number an administrator knows it.
        _ => match error.raw_os_error() {
            Some(number) => format!("系统报告第 {number} 号错误，请稍后再试，或换一个位置"),
            None => match error.to_string() {
                ours if ours.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)) => {
                    format!("{ours}，请稍后再试，或换一个位置")
                }
                _ => "读写没有完成，请稍后再试，或换一个位置".into(),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_system_says_is_said_in_chinese() {
        let of_system = (0..200).map(io::Error::from_raw_os_error);
        let of_library = [io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidData, io::ErrorKind::Other]
            .into_iter()
            .flat_map(|kind| [io::Error::from(kind), io::Error::new(kind, "failed to fill whole buffer")]);
        for error in of_system.chain(of_library) {
            let message = system_message(&error);
            assert!(!message.contains(|c: char| c.is_ascii_alphabetic()), "{error:?}: {message}");
            assert!(message.contains("请"), "{error:?}: what to do is not said: {message}");
        }
    }
}
