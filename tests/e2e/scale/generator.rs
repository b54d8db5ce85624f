//! Realistic drafts of invented units: numbers that add up, texts of the usual length, and now and
//! then a mistake. The same number always gives the same draft.

use nianbao::draft::{Draft, Value, parse_value};
use nianbao::form::{Form, Kind, Library};

/// Numbers that look random and are the same on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

const SENTENCES: [&str; 6] = [
    "认真贯彻落实政府信息公开条例，坚持以公开为常态、不公开为例外，持续推进决策、执行、管理、服务、结果公开。",
    "围绕群众关心的就业、教育、医疗、社会保障等领域，及时更新公开目录，做到应公开尽公开。",
    "健全政府信息发布审核机制，落实先审后发，对公开内容逐条核对，保证信息准确、规范。",
    "加强门户网站和政务新媒体的日常维护，定期检查栏目更新情况，清理过期信息和失效链接。",
    "组织业务培训，明确分工，落实专人负责，把信息公开工作纳入年度考核。",
    "规范依申请公开的登记、审核、办理、答复、归档各环节，依法按时答复申请人。",
];

/// The name of the unit with that number.
pub fn name(number: u64) -> String {
    let kind = ["水利局", "教育局", "卫生健康局", "示例镇人民政府", "市场监督管理局"];
    let at = usize::try_from(number % 5).unwrap_or(0);
    format!("示例县{}第{number}号", kind[at])
}

/// The draft of the unit with that number.
pub fn draft(number: u64, year: u16, library: &Library) -> (std::sync::Arc<Form>, Draft) {
    let mut dice = Dice(number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ u64::from(year));
    let mut draft = Draft::new(&name(number), year, library);
    let form = draft.form(library).expect("the official forms are built in");
    for field in form.fields().iter().filter(|field| field.kind.is_number() && field.sum.is_none()) {
        let text = match (&field.kind, dice.below(10)) {
            (_, 0) if dice.below(20) == 0 => "/".into(),
            (Kind::Money { unit: None }, _) => format!("{}元", dice.below(900_000)),
            (Kind::Money { .. }, _) => format!("{}.{:02}", dice.below(900), dice.below(100)),
            (Kind::Change, low) => format!("{}{}", if low < 5 { "-" } else { "+" }, dice.below(9)),
            (_, 0..=6) => "0".into(),
            (_, 7..=8) => dice.below(30).to_string(),
            _ => dice.below(900).to_string(),
        };
        draft.set(field.id.clone(), parse_value(&field.kind, &text));
    }
    balance(&form, &mut draft, &mut dice);
    let text = |draft: &mut Draft, id: &str, text: String| draft.set(id, Value::Text(text));
    let mut paragraphs: Vec<String> =
        ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
            .iter()
            .zip(["一", "二", "三", "四", "五"])
            .map(|(aspect, numeral)| {
                let mut words = format!("（{numeral}）{aspect}。");
                for _ in 0..2 + dice.below(3) {
                    words.push_str(SENTENCES[usize::try_from(dice.below(6)).unwrap_or(0)]);
                }
                words
            })
            .collect();
    paragraphs.insert(0, format!("{year}年，{}按照上级部署，稳步推进政府信息公开。", draft.unit()));
    text(&mut draft, "overview", paragraphs.join("\n"));
    text(
        &mut draft,
        "problems",
        format!("一是公开内容还不够全面。二是解读形式单一。下一步，{}", SENTENCES[4]),
    );
    text(&mut draft, "other_matters", "无。".into());
    text(&mut draft, "cover.date", format!("{}年1月{}日", year + 1, 5 + dice.below(20)));
    text(&mut draft, "cover.kind", "部门".into());
    text(&mut draft, "cover.level", "县区".into());
    (form, draft)
}

/// Makes T1 hold in every column, but in one draft of twenty leaves one column as it came.
fn balance(form: &Form, draft: &mut Draft, dice: &mut Dice) {
    let left_out = if dice.below(20) == 0 { "natural" } else { "" };
    for column in ["natural", "business", "research", "welfare", "legal", "other_org"] {
        let number = |draft: &Draft, row: &str| match draft.get(&format!("requests.{row}.{column}")) {
            Value::Count(number) => *number,
            _ => 0,
        };
        let parts = form.fields().iter().filter(|field| {
            let own = field.id.section() == "requests" && field.id.column() == column;
            own && field.sum.is_none() && !["new", "carried_in"].contains(&field.id.row())
        });
        let out: u64 = parts.map(|field| number(draft, field.id.row())).sum();
        let carried = number(draft, "carried_in").min(out);
        draft.set(format!("requests.carried_in.{column}").as_str(), Value::Count(carried));
        if column != left_out {
            draft.set(format!("requests.new.{column}").as_str(), Value::Count(out - carried));
        }
    }
}
