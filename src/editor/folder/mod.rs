//! The screen over a folder: every unit with what it has filed, sorted and narrowed by typing.

mod arrange;
mod columns;
mod imports;
mod input;
mod listing;
#[cfg(test)]
pub(crate) mod tests;
mod work;

pub use columns::{ColumnArea, FolderColumn, folder_areas};
pub(super) use imports::on_folder_import;
pub(super) use input::{
    click_column, click_unit, on_files_read, on_folder_known, on_folder_opened, on_settings_read,
    run_folder_command, scroll_to_selected, type_text,
};
pub use listing::{Folder, FolderImport, FolderRow, ImportedDocument};
pub(super) use work::{
    ask_return_notes, ask_table_format, compile_units, copy_reminder, export_table, on_compiled,
    on_table_written, open_unit_file, prompt_compile, refuse_while_reading, table_path,
};
