//! What `nianbao import` is told.

use clap::ValueEnum;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct ImportArgs {
    #[arg(
        value_name = "文件",
        required = true,
        help = "要读的报告（docx、doc、wps、html、pdf、ofd、xlsx、xls、et、odt、ods、rtf、csv、md、txt、json），可以写几个，也可以写文件夹；- 为标准输入"
    )]
    pub files: Vec<PathBuf>,
    #[arg(
        short,
        long,
        value_name = "草稿.ron",
        help = "草稿写到哪里；- 为标准输出，结果就报告到标准错误；几个文件或文件夹时是写进的文件夹；不写就是原名加 .ron"
    )]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "格式", default_value = "text", help = "怎样报告结果：text（默认）或 json")]
    pub format: ImportReportFormat,
    #[arg(long, help = "覆盖已有的文件")]
    pub force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportReportFormat {
    Text,
    Json,
}
