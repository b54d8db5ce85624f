//! `nianbao check`: findings of files and folders, in the order given.
//!
//! Many files are read at once and told in their order; no more than a window of them is in memory.

pub(super) mod csv;
pub(super) mod examine;
mod json;
mod summary;
mod text;

use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;

use super::explain;
use super::files::{self, Listed};
use super::output::Refusal;
use super::progress::Progress;
use super::{Desk, Exit, arguments, bulk, say};
use crate::check::{Finding, Past, Weight};
use crate::store;
use examine::Examined;
use summary::Summary;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(
        value_name = "草稿或文件夹",
        required = true,
        help = "要核对的草稿；文件夹里的 .ron 都核对，包括下级文件夹"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件", help = "上年的草稿，只在核对一份草稿时用；不写就用草稿里记下的")]
    last: Option<PathBuf>,
    #[arg(long, value_name = "日期", value_parser = arguments::day, help = "按哪一天判断期限，如 2026-01-20；不写就是今天")]
    today: Option<Date>,
    #[arg(long, value_name = "格式", default_value = "text", help = "text（默认）、json 或 csv")]
    format: Format,
    #[arg(long, value_name = "规则", value_delimiter = ',', value_parser = rule, help = "只看这些规则，如 T1,D3")]
    only: Vec<String>,
    #[arg(long, value_name = "轻重", value_parser = weight, default_value = "remark", help = "只看这么重的和更重的：error 错误、warning 提醒、remark 留意")]
    min_weight: Weight,
    #[arg(long, help = "已搁置的问题也列出来")]
    waived: bool,
    #[arg(long, help = "只列合计，不列每一条")]
    summary: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

impl Args {
    /// Whether a finding is among those asked for.
    fn wants(&self, finding: &Finding) -> bool {
        finding.weight >= self.min_weight
            && (self.waived || finding.is_open())
            && (self.only.is_empty() || self.only.contains(&finding.rule))
    }

    fn render(&self, examined: &Examined) -> String {
        match self.format {
            _ if self.summary => String::new(),
            Format::Text => text::render(examined),
            Format::Json => json::render(examined),
            Format::Csv => csv::render(examined),
        }
    }
}

/// What is left of one file when its findings have been put into words.
struct Told {
    rendered: String,
    words: Vec<String>,
    summary: Summary,
}

pub(super) fn run(args: &Args, desk: &mut Desk) -> Result<Exit, Refusal> {
    let last = match &args.last {
        Some(_) if args.paths.len() > 1 || args.paths.iter().any(|path| path.is_dir()) => {
            return Err(Refusal::new(
                "--last 只能在核对一份草稿时用；多份草稿请在各自的草稿里记下上年的文件",
            ));
        }
        Some(path) => {
            let last = store::load(path, desk.library)?;
            Some(Past::new(last.form, last.draft))
        }
        None => None,
    };
    let today = args.today.unwrap_or(desk.today);
    let examiner = examine::Examiner::new(desk.library, last.as_ref(), today);
    let each = |listed: Listed| {
        let mut examined = examiner.examine(&listed);
        examined.findings.retain(|finding| args.wants(finding) || finding.rule == explain::UNREADABLE.id);
        let rendered = args.render(&examined);
        Told { rendered, summary: Summary::of(&examined), words: examined.words }
    };
    let mut progress = Progress::new(desk.live, "核对", &args.paths);
    let mut whole = Summary::default();
    let mut failed: Option<Refusal> = None;
    let mut between = match args.format {
        _ if args.summary => "",
        Format::Text => "",
        Format::Json => "[\n",
        Format::Csv => csv::HEADING,
    };
    bulk::in_order(files::list(&args.paths), each, |told: Told| {
        progress.one_more();
        for words in &told.words {
            progress.beside(|| say(desk, words));
        }
        whole.add(&told.summary);
        if told.rendered.is_empty() {
            return true;
        }
        let written = progress.beside(|| write!(desk.out, "{between}{}", told.rendered));
        between = if args.format == Format::Json { ",\n" } else { "" };
        written.map_err(|error| failed = Some(error.into())).is_ok()
    });
    progress.done();
    if let Some(refusal) = failed {
        return Err(refusal);
    }
    match (args.summary, args.format) {
        (true, Format::Text) => write!(desk.out, "{}", whole.text())?,
        (true, Format::Json) => writeln!(desk.out, "{:#}", whole.json())?,
        (true, Format::Csv) => write!(desk.out, "{}", whole.csv())?,
        (false, Format::Json) if between == "[\n" => writeln!(desk.out, "[]")?,
        (false, Format::Json) => writeln!(desk.out, "\n]")?,
        (false, Format::Csv) => write!(desk.out, "{}", if whole.is_clean() { csv::HEADING } else { "" })?,
        (false, Format::Text) => {}
    }
    if !args.summary {
        say(desk, &whole.line());
    }
    Ok(whole.exit())
}

fn weight(word: &str) -> Result<Weight, String> {
    let all = [Weight::Error, Weight::Warning, Weight::Remark];
    let found = all.into_iter().find(|weight| weight.word() == word || weight.say() == word);
    found.ok_or_else(|| "可以用：error、warning、remark".into())
}

fn rule(word: &str) -> Result<String, String> {
    let known = explain::all().find(|rule| rule.id.eq_ignore_ascii_case(word));
    // A user's form may name relations of its own: those are upper-case ids we do not know.
    let own = !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    match known {
        Some(rule) => Ok(rule.id.into()),
        None if own => Ok(word.into()),
        None => Err("没有这条规则；全部规则：nianbao explain".into()),
    }
}
