//! The list of files: a layer over the screen in which every file is chosen or named. Typing narrows it, a
//! path that is typed leads to its folder, and what is read of the drafts comes while it is shown.

mod areas;
mod input;
mod listing;
mod rows;
#[cfg(test)]
mod tests;

pub use areas::{file_list_areas, row_at};
pub(super) use input::{
    click, on_files_listed, on_files_read, open_file_list, run_file_list_command, type_text,
};
pub use listing::{FileList, FilePurpose};
pub use rows::{FileRow, RowTarget, file_rows};
