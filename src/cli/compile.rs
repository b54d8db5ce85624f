//! `nianbao compile`: many units' drafts added up into one.

use rust_decimal::Decimal;
use std::path::PathBuf;

use super::context::{CommandContext, ExitStatus, eprint_line};
use super::output::{self, CliError};
use super::progress::progress_bar;
use crate::draft::Adjustment;
use crate::store;
use crate::units::input::is_standard_stream;
use crate::units::{CompileJob, CompileOutcome, compile_units, describe_list};

#[derive(clap::Args)]
pub(super) struct CompileArgs {
    #[arg(
        value_name = "单位草稿或文件夹",
        required = true,
        help = "要汇总的各单位草稿；文件夹里的 .ron 都算"
    )]
    pub units: Vec<PathBuf>,
    #[arg(short, long, value_name = "汇总.ron", help = "汇总写到哪里，- 为标准输出")]
    pub output: PathBuf,
    #[arg(long, value_name = "名单", help = "应报单位名单，一行一个；名单上未报送的会写明")]
    pub roster: Option<PathBuf>,
    #[arg(long, value_name = "单位", help = "汇总报告的单位名称，如 示例县人民政府")]
    pub unit: Option<String>,
    #[arg(long, value_name = "栏目=增减=理由", value_parser = parse_adjustment, help = "调整一格并写明理由，如 requests.new.natural=-2=联合收到；可写多次")]
    pub adjust: Vec<Adjustment>,
    #[arg(long, help = "汇总已经存在时重新取数；文字、封面和原有的调整不动")]
    pub force: bool,
}

pub(super) fn run_compile(args: CompileArgs, context: &mut CommandContext) -> Result<ExitStatus, CliError> {
    let CompileArgs { units, output, roster, unit, adjust, force: again } = args;
    let progress = progress_bar(context.err_is_terminal, "汇总", &units);
    let job = CompileJob { units, output, roster, unit, adjust, again };
    let outcome = compile_units(&job, context.library, |message| {
        progress.inc(1);
        if let Some(message) = message {
            progress.suspend(|| eprint_line(context, message));
        }
    });
    progress.finish_and_clear();
    let output = output::output_name(&job.output);
    let sum = match outcome.map_err(CliError::new)? {
        CompileOutcome::Sum(sum) => sum,
        CompileOutcome::Nothing(unfinished) => {
            let list = describe_list("没有填完，没有计入", &unfinished).unwrap_or_default();
            eprint_line(context, &format!("{list}\n没有一个单位可以计入，没有汇总，没有写 {output}"));
            return Ok(ExitStatus::Findings);
        }
    };
    if is_standard_stream(&job.output) {
        context.out.write_all(store::to_ron(&sum.form, &sum.draft).as_bytes())?;
    } else {
        let written = sum.save(&job.output, context.dirs).map_err(CliError::new)?;
        output::warn_lost(&job.output, &written, context);
    }
    for text in sum.describe(&output) {
        eprint_line(context, &text);
    }
    Ok(match sum.unreadable.is_empty() {
        false => ExitStatus::Failed,
        true if sum.is_partial() => ExitStatus::Findings,
        true => ExitStatus::Done,
    })
}

fn parse_adjustment(text: &str) -> Result<Adjustment, String> {
    let mut parts = text.splitn(3, '=').map(str::trim);
    let (Some(field), Some(amount), Some(reason)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("应写成 栏目=增减=理由，如 requests.new.natural=-2=联合收到".into());
    };
    let amount = Decimal::from_str_exact(amount.trim_start_matches('+'))
        .map_err(|_| format!("“{amount}”不是数，应是 -2 这样的增减"))?;
    if reason.is_empty() {
        return Err("要写明调整的理由".into());
    }
    Ok(Adjustment { field: field.into(), amount, reason: reason.into() })
}
