//! What is said of Word files that are not read.

use crate::import::ImportError;

/// What is older than the files read here.
pub const OLD_WORD: ImportError = ImportError::Unsupported(
    "这是 Word 95 或更早版本的文件，不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 再导入。",
);

/// What only a password opens.
pub const ENCRYPTED: ImportError = ImportError::Unsupported(
    "这个文件设了打开密码，无法读取。请用 Word 或 WPS 打开，取消密码后另存一份，再导入。",
);
