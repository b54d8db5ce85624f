//! `nianbao import`: a draft from a report that was published, or from exported data.

use clap::ValueEnum;
use serde_json::{Value as Json, json};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::output::{self, Refusal};
use super::{Desk, Exit, say};
use crate::draft::Provenance;
use crate::export::json::to_json;
use crate::import::json::{self, LARGEST, from_json};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "文件", required = true, help = "要读的文件（.json），- 为标准输入")]
    files: Vec<PathBuf>,
    #[arg(short, long, value_name = "草稿.ron", help = "草稿写到哪里；不写就是原名加 .ron")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "格式", default_value = "text", help = "怎样报告结果：text（默认）或 json")]
    format: Report,
    #[arg(long, help = "覆盖已有的文件")]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Report {
    Text,
    Json,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    if args.output.is_some() && args.files.len() > 1 {
        return Err(Refusal::new("几个文件不能写进同一份草稿；请去掉 -o，或一次读一个文件"));
    }
    if args.format == Report::Json && args.files.len() > 1 {
        return Err(Refusal::new("--format json 一次只报告一个文件"));
    }
    let mut worst = Exit::Done;
    for file in &args.files {
        let exit = one(file, args, desk).or_else(|refusal| match refusal.words() {
            // The other files are still read.
            Some(words) if args.files.len() > 1 => {
                say(desk, words);
                Ok(Exit::Failed)
            }
            _ => Err(refusal),
        })?;
        worst = worst.max(exit);
    }
    Ok(worst)
}

fn one(file: &Path, args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let name = if output::is_stream(file) { "标准输入".into() } else { file.display().to_string() };
    let bytes = bytes(file).map_err(|error| Refusal::new(format!("{name}：打开失败：{error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Refusal::new(format!("{name}：不是 UTF-8 的文字，请另存为 UTF-8 再读")))?;
    let json::Reading { mut draft, remarks } =
        from_json(&text, desk.library).map_err(|error| Refusal::new(format!("{name}:{error}")))?;
    draft.provenance = file.file_name().filter(|_| !output::is_stream(file)).map(|base| Provenance {
        file: base.to_string_lossy().into_owned(),
        format: "json".into(),
        date: desk.today.to_string(),
    });
    let form = draft.form(desk.library).map_err(|name| Refusal::new(format!("没有名为“{name}”的格式")))?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None if output::is_stream(file) => match draft.year().filter(|_| !draft.unit().is_empty()) {
            Some(year) => output::name(draft.unit(), year),
            None => return Err(Refusal::new("标准输入里没有单位和年度，请用 -o 写明草稿的文件名")),
        },
        None => file.with_extension("ron"),
    };
    output::draft(&path, args.force, &form, &draft)?;
    for remark in &remarks {
        say(desk, &format!("{name}:{}：{}", remark.line, remark.words));
    }
    say(desk, &format!("已读入 {name}，草稿写到 {}", path.display()));
    if args.format == Report::Json {
        let mut whole = to_json(&form, &draft);
        let unplaced: Vec<Json> =
            remarks.iter().map(|remark| json!({"line": remark.line, "text": remark.words})).collect();
        whole["open"] = json!([]);
        whole["unplaced"] = Json::Array(unplaced);
        writeln!(desk.out, "{whole:#}")?;
    }
    Ok(Exit::Done)
}

/// The bytes of a file or of the standard input, one more than may be read at most.
fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = LARGEST as u64 + 1;
    if output::is_stream(file) {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
