//! Labels in other spellings than the form's, as they are in print.

use super::vary::{each_cell, each_label};
use crate::damage::report::{Kind, Part, Report};

pub fn plain(_: &mut Report) {}

/// Splits a label into its ordinal and the rest.
fn ordinal(label: &str) -> (&str, &str) {
    let end = label
        .find(['.', '、'])
        .filter(|at| *at <= 3)
        .map(|at| at + if label[at..].starts_with('.') { 1 } else { 3 });
    let end = end.or_else(|| label.starts_with('（').then(|| label.find('）').map_or(0, |at| at + 3)));
    label.split_at(end.unwrap_or(0))
}

fn digits_as(report: &mut Report, style: impl Fn(usize) -> String) {
    each_label(report, |label| match ordinal(label) {
        (mark, rest) if mark.ends_with('.') => {
            format!("{}{rest}", style(mark.trim_end_matches('.').parse().unwrap()))
        }
        _ => label.into(),
    });
}

pub fn ordinals_wide(report: &mut Report) {
    digits_as(report, |number| format!("{number}．"));
}

pub fn ordinals_comma(report: &mut Report) {
    digits_as(report, |number| format!("{number}、"));
}

pub fn ordinals_bracket(report: &mut Report) {
    digits_as(report, |number| format!("（{number}）"));
}

pub fn ordinals_half_bracket(report: &mut Report) {
    digits_as(report, |number| format!("{number})"));
}

pub fn ordinals_circled(report: &mut Report) {
    digits_as(report, |number| ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"][number - 1].into());
}

pub fn ordinals_spaced(report: &mut Report) {
    digits_as(report, |number| format!("{number}. "));
}

pub fn ordinals_bare(report: &mut Report) {
    digits_as(report, |number| format!("{number}"));
}

/// A web editor made a list of them: `1. 1.` is what its copy reads.
pub fn ordinals_gone(report: &mut Report) {
    each_label(report, |label| ordinal(label).1.into());
}

pub fn of_which(report: &mut Report) {
    digits_as(report, |number| if number == 1 { "其中：1.".into() } else { format!("{number}.") });
}

pub fn half_width(report: &mut Report) {
    each_cell(report, |cell| {
        for (from, to) in [("（", "("), ("）", ")"), ("，", ","), ("“", "\""), ("”", "\""), ("：", ":")]
        {
            cell.text = cell.text.replace(from, to);
        }
    });
}

pub fn spaced(report: &mut Report) {
    each_cell(report, |cell| {
        if cell.kind != Kind::Value {
            cell.text = cell.text.chars().map(String::from).collect::<Vec<_>>().join(" ");
        }
    });
}

pub fn broken_lines(report: &mut Report) {
    each_cell(report, |cell| {
        if cell.kind != Kind::Value {
            let chars: Vec<char> = cell.text.chars().collect();
            cell.text =
                chars.chunks(5).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>().join("\n");
        }
    });
}

/// Slips and other words that are common in print.
pub fn slips(report: &mut Report) {
    each_label(report, |label| {
        let mut label = label.to_string();
        for (from, to) in [
            ("内部事务信息", "内部事物信息"),
            ("其他法律行政法规禁止公开", "其他法律法规禁止公开"),
            ("不掌握相关政府信息", "不掌握相关信息"),
            ("没有现成信息需要另行制作", "没有现成信息需另行制作"),
            ("补正后申请内容仍不明确", "补正申请内容仍不明确"),
            ("信访举报投诉类申请", "信访投诉举报类申请"),
            ("要求提供公开出版物", "要求提供公开的出版物"),
            ("已获取信息", "已获取的信息"),
            ("保护第三方合法权益", "保护第三方的合法权益"),
            ("属于行政执法案卷", "属于行政执法案卷信息"),
            ("继续办理", "继续办理的申请"),
            ("行政规范性文件", "规范性文件"),
            ("行政事业性收费", "行政事业收费"),
            ("（七）总计", "（七）合计"),
            ("“三安全一稳定”", "三安全一稳定"),
            ("公开申请数量", "公开申请数"),
            ("本年度办理结果", "本年度办理结果情况"),
        ] {
            label = label.replace(from, to);
        }
        label
    });
}

pub fn short_labels(report: &mut Report) {
    each_label(report, |label| {
        let mut label = label.to_string();
        for (from, to) in [
            ("本年新收政府信息公开申请数量", "本年新收"),
            ("上年结转政府信息公开申请数量", "上年结转"),
            ("（区分处理的，只计这一情形，不计其他情形）", ""),
            ("结转下年度继续办理", "结转下年度"),
        ] {
            label = label.replace(from, to);
        }
        label
    });
}

/// The characters of the labels in their traditional form.
pub const TRADITIONAL: [(&str, &str); 66] = [
    ("规", "規"),
    ("范", "範"),
    ("许", "許"),
    ("处", "處"),
    ("罚", "罰"),
    ("强", "強"),
    ("业", "業"),
    ("费", "費"),
    ("内", "內"),
    ("数", "數"),
    ("废", "廢"),
    ("现", "現"),
    ("决", "決"),
    ("单", "單"),
    ("万", "萬"),
    ("额", "額"),
    ("二", "二"),
    ("条", "條"),
    ("项", "項"),
    ("开", "開"),
    ("请", "請"),
    ("结", "結"),
    ("转", "轉"),
    ("办", "辦"),
    ("区", "區"),
    ("这", "這"),
    ("计", "計"),
    ("属", "屬"),
    ("国", "國"),
    ("家", "家"),
    ("禁", "禁"),
    ("护", "護"),
    ("权", "權"),
    ("务", "務"),
    ("类", "類"),
    ("过", "過"),
    ("执", "執"),
    ("询", "詢"),
    ("关", "關"),
    ("无", "無"),
    ("没", "沒"),
    ("制", "製"),
    ("补", "補"),
    ("后", "後"),
    ("仍", "仍"),
    ("访", "訪"),
    ("举", "舉"),
    ("报", "報"),
    ("诉", "訴"),
    ("复", "復"),
    ("机", "機"),
    ("确", "確"),
    ("认", "認"),
    ("获", "獲"),
    ("总", "總"),
    ("继", "繼"),
    ("续", "續"),
    ("维", "維"),
    ("纠", "糾"),
    ("审", "審"),
    ("讼", "訟"),
    ("经", "經"),
    ("议", "議"),
    ("组", "組"),
    ("织", "織"),
    ("团", "團"),
];

pub fn traditional(report: &mut Report) {
    let change = |text: &mut String| {
        for (from, to) in TRADITIONAL.iter().chain(&[
            ("构", "構"),
            ("发", "發"),
            ("申", "申"),
            ("贸", "貿"),
            ("营", "營"),
            ("个", "個"),
            ("稳", "穩"),
            ("危", "危"),
            ("动", "動"),
            ("级", "級"),
            ("对", "對"),
            ("况", "況"),
            ("问", "問"),
            ("题", "題"),
            ("进", "進"),
            ("会", "會"),
            ("服", "服"),
            ("为", "為"),
            ("体", "體"),
            ("读", "讀"),
            ("购", "購"),
            ("采", "採"),
            ("价", "價"),
            ("减", "減"),
            ("与", "與"),
            ("于", "於"),
        ]) {
            *text = text.replace(from, to);
        }
    };
    each_cell(report, |cell| change(&mut cell.text));
    for part in report {
        if let Part::Text(text) = part {
            change(text);
        }
    }
}
