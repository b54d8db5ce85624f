//! The vocabulary of statements about the tables, as data.

use super::word_table::{WordTable, count_entries};

/// The meaning of a word for the extraction of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Applications were received: 收到, 受理.
    Receive,
    /// New applications were received: 新收.
    ReceiveNew,
    /// Applications were answered: 答复, 办结.
    Answer,
    /// Applications were handled, which may mean all received ones: 办理, 处理.
    Process,
    /// The object: an application for information.
    Application,
    /// 申请 by itself, which may be an application for something else.
    BareApplication,
    /// Carried in from last year.
    CarriedIn,
    /// Carried over to the next year.
    CarriedOut,
    /// 结转 alone: the year beside it decides between in and out.
    Carry,
    /// Rows of results in section 三.
    Result(RequestOutcome),
    /// Columns of applicants.
    Applicant(Applicant),
    /// A procedure of section 四.
    Review(Review),
    /// A case of such a procedure.
    Case,
    /// A column of section 四.
    CaseOutcome(CaseOutcome),
    /// Documents of section 二.
    Document(DocumentKind),
    /// What was done with documents.
    DocumentAction(DocumentAction),
    /// Decisions of section 二.
    Decision(DecisionKind),
    /// Fees of section 二.
    Fee,
    /// Things that no table counts: 政策解读, 留言. Also words that only contain another word of this list.
    Unrelated,
    /// Limits the number to some of the things: 逾期, 补正.
    Qualified,
    /// Part of the scope: 本级, 机关本身.
    Part,
    /// The whole scope: 全县, 我局.
    Whole,
    /// Part of the year: 上半年.
    PartOfYear,
    /// 上年, 去年 by themselves.
    LastYear,
    /// 增加, 同比: the number is a difference.
    Compare,
    /// One way of applying: 信函, 网上.
    Channel,
    /// All ways of applying: 等方式.
    Channels,
    /// Nothing: 未收到, 没有, 无.
    Nothing,
    /// All of them: 均, 全部.
    All,
    /// 占.
    Percentage,
    /// 分别: the numbers follow in the order of the words.
    InTurn,
    /// 各: the number applies to each.
    Each,
    /// Contains another word of this list without its meaning: 无障碍.
    Harmless,
}

/// Groups of result rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestOutcome {
    /// 予以公开
    Granted,
    /// 部分公开
    Partial,
    /// 不予公开, eight rows
    Refused,
    /// 无法提供, three rows
    Unable,
    /// 不予处理, five rows
    Declined,
    /// 其他处理, one row or three
    Other,
}

/// Columns of applicants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicant {
    /// 自然人
    Natural,
    /// 公民, 个人: natural persons, or anybody who applies.
    Citizen,
    /// 法人或其他组织, five columns
    Organisations,
    /// One of the five.
    Business,
    /// 科研机构
    Research,
    /// 社会公益组织
    Welfare,
    /// 法律服务机构
    Legal,
}

/// The procedures of section 四.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// 行政复议
    Reconsideration,
    /// 行政诉讼, two groups
    Suit,
    /// 未经复议直接起诉
    Direct,
    /// 复议后起诉
    Later,
}

/// How cases ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOutcome {
    /// 结果维持
    Upheld,
    /// 结果纠正
    Corrected,
    /// 其他结果
    Other,
    /// 尚未审结
    Pending,
    /// Decided: all but 尚未审结.
    Decided,
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// 行政规范性文件
    Normative,
    /// 规章
    Regulations,
}

/// Kinds of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// 行政许可
    Licensing,
    /// 行政处罚
    Penalties,
    /// 行政强制
    Coercion,
}

/// What was done with documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentAction {
    /// 制发
    Issued,
    /// 废止
    Repealed,
    /// 现行有效
    InForce,
}

/// The words of each meaning, separated by blanks. Where several match, the longest counts.
const TABLE: &[(WordKind, &str)] = &[
    (WordKind::Receive, "收到 受理 接收 接到 接受 共收 收悉 提出 收取申请"),
    (WordKind::ReceiveNew, "新收 新收到 新受理 新接收 新增"),
    (WordKind::Answer, "答复 办结 回复 办复 办毕 办理完毕 办理完结 答复办结 办理答复"),
    (WordKind::Process, "办理 处理 处置"),
    (
        WordKind::Application,
        "政府信息公开申请 政务信息公开申请 信息公开申请 公开申请 申请公开 依申请公开 依申请公开申请 \
         依申请公开信息 依申请公开政府信息 依申请公开政府信息申请 依申请公开政务信息 申请公开政府信息 \
         申请公开信息 依申请信息公开 信息公开的申请 公开政府信息申请 公开信息申请 政府信息申请 \
         依申请公开件 依申请件 依申请办件 依申请公开事项 政府信息依申请公开 依申请公开办件 \
         信息公开申请事项 信息公开申请件 政务公开申请 信息公开依申请 公开类申请 公开政府信息的申请 \
         政府信息公开的申请 公开信息的申请 政府信息的申请 申请信息公开 依申请公开的申请",
    ),
    (WordKind::BareApplication, "申请"),
    (
        WordKind::CarriedIn,
        "上年结转 上年度结转 上年转结 上年度转结 上一年结转 上一年度结转 上一年度转结 去年结转 \
         去年转结 往年结转 历年结转 上年接转 上年度接转 上年度未办结 上年未办结 上年遗留 上一年度转入 \
         上年度转入 上年转入 上年结余 上年度结余 年初结转 上年度延续 上年延续 结转上年 结转上年度 \
         上年跨年 去年跨年",
    ),
    (
        WordKind::CarriedOut,
        "结转下年 结转下年度 结转下一年 结转下一年度 结转至下年 结转至下年度 结转至下一年 \
         结转至下一年度 结转到下年 结转到下年度 结转到下一年 结转到下一年度 结转次年 结转至次年 \
         结转到次年 结转明年 结转至明年 转结下年 转结下年度 转结至下年 转结至下年度 转结到下年度 \
         转结下一年 转结下一年度 转结至下一年度 转下年 转下年度 转入下年 转入下年度 转至下年 \
         转至下年度 转至下一年度 转入下一年度 顺延到下年 顺延到下年度 顺延至下年 顺延至下年度 \
         顺延下年度 顺延到下一年度 顺延至下一年度 顺延至次年 延至下年 延至下年度 延至下一年度 \
         延续至下年 延续到下年度 延续至下年度 延续至下一年度 延期至下年度 留转下年 接转下年 接转下年度 \
         跨年办理 跨年度办理 正在办理 仍在办理 尚在办理 在办 未办结 尚未办结 尚未答复 待办结 \
         下年度继续办理 下年继续办理 下一年度继续办理 下一年继续办理 次年继续办理 结转继续办理 \
         下年度答复 下年度办理 下年办理",
    ),
    (WordKind::Carry, "结转 转结 接转"),
    (
        WordKind::Result(RequestOutcome::Granted),
        "予以公开 同意公开 准予公开 予以全部公开 全部公开 全部予以公开 给予公开 予以全部予以公开",
    ),
    (WordKind::Result(RequestOutcome::Partial), "部分公开 予以部分公开 部分予以公开 区分处理"),
    (WordKind::Result(RequestOutcome::Refused), "不予公开 不予以公开 不同意公开 决定不予公开"),
    (WordKind::Result(RequestOutcome::Unable), "无法提供 不能提供 无法予以提供"),
    (WordKind::Result(RequestOutcome::Declined), "不予处理 不予以处理"),
    (WordKind::Result(RequestOutcome::Other), "其他处理 其它处理 作其他处理 其他方式处理"),
    (WordKind::Applicant(Applicant::Natural), "自然人"),
    (WordKind::Applicant(Applicant::Citizen), "公民 个人"),
    (
        WordKind::Applicant(Applicant::Organisations),
        "法人或其他组织 法人和其他组织 法人及其他组织 法人或者其他组织 法人、其他组织 法人与其他组织 \
         法人或其它组织 法人和其它组织 法人及其它组织 法人和社会组织 法人组织 法人 企业法人",
    ),
    (WordKind::Applicant(Applicant::Business), "商业企业"),
    (WordKind::Applicant(Applicant::Research), "科研机构"),
    (WordKind::Applicant(Applicant::Welfare), "社会公益组织 社会公益"),
    (WordKind::Applicant(Applicant::Legal), "法律服务机构"),
    (WordKind::Review(Review::Reconsideration), "行政复议 复议"),
    (WordKind::Review(Review::Suit), "行政诉讼 诉讼"),
    (
        WordKind::Review(Review::Direct),
        "未经复议直接起诉 直接起诉 未经复议直接提起诉讼 直接提起诉讼 未经复议",
    ),
    (
        WordKind::Review(Review::Later),
        "复议后起诉 复议后提起诉讼 复议后诉讼 经复议后起诉 复议后提起行政诉讼 经复议后提起行政诉讼",
    ),
    (WordKind::Case, "案件"),
    (
        WordKind::CaseOutcome(CaseOutcome::Upheld),
        "维持 结果维持 予以维持 获维持 维持原行政行为 维持原具体行政行为",
    ),
    (WordKind::CaseOutcome(CaseOutcome::Corrected), "纠正 结果纠正 纠错 被纠正 被纠错 予以纠正"),
    (WordKind::CaseOutcome(CaseOutcome::Other), "其他结果 其它结果"),
    (
        WordKind::CaseOutcome(CaseOutcome::Pending),
        "尚未审结 未审结 审理中 正在审理 尚在审理 在审 尚未审理完毕 未结案 尚未结案 仍在审理",
    ),
    (
        WordKind::CaseOutcome(CaseOutcome::Decided),
        "审结 已审结 结案 已结案 做了复议决定 作了复议决定 做出复议决定 作出复议决定 作出决定 \
         做出决定 作出判决 做出判决 法院作出判决 法院做出判决 判决 法院判决 作出裁判 已判决",
    ),
    (WordKind::Document(DocumentKind::Normative), "规范性文件 行政规范性文件"),
    (WordKind::Document(DocumentKind::Regulations), "规章 政府规章 地方政府规章 市政府规章"),
    (WordKind::Decision(DecisionKind::Licensing), "行政许可"),
    (WordKind::Decision(DecisionKind::Penalties), "行政处罚"),
    (WordKind::Decision(DecisionKind::Coercion), "行政强制 行政强制措施"),
    (WordKind::Fee, "行政事业性收费"),
    (
        WordKind::DocumentAction(DocumentAction::Issued),
        "制发 发布 印发 新制发 制定 新制定 出台 制定出台 制定印发 制发印发 制定发布",
    ),
    (WordKind::DocumentAction(DocumentAction::Repealed), "废止"),
    (WordKind::DocumentAction(DocumentAction::InForce), "现行有效 继续有效 现行"),
    (
        WordKind::Unrelated,
        "主动公开 公开信息 公开各类 发布信息 发布各类 信息发布 政策解读 解读 公报 发布会 新闻发布 \
         微信 微博 公众号 新媒体 建议 提案 12345 热线 工单 信件 来信 留言 咨询 网民 投诉 \
         举报 信访 公告 栏目 培训 会议 意见征集 稿件 视频 舆情 许可 \
         问政 信箱 政务服务 监测 清单 目录 动态 规章制度 政策文件 政策性文件 转载 推送 信息处理费 \
         处理费 收费 行政应诉 各类行政复议 各类复议 各类行政诉讼 各类诉讼 群众来 来电 来访 服务事项 办件 预决算 公示 报送",
    ),
    (
        WordKind::Qualified,
        "补正 撤回 撤销 延期 逾期 超期 转办 转送 败诉 胜诉 劳动 民事 刑事 检查 整改 备案 审查 \
         审核 公平竞争 修订 修改 失效 清理 评估 名义 起草 执法 驳回 和解 调解 退回 重复 一审 二审 再审",
    ),
    (
        WordKind::Part,
        "本级 机关本身 局机关 委机关 厅机关 办机关 机关本级 机关自身 我局机关 我委机关 本部 各乡镇 \
         各街道 各镇 乡镇共 街道共 县直 区直 市直",
    ),
    (
        WordKind::Whole,
        "全市 全县 全区 全省 全州 全镇 全乡 全街道 全局 全系统 全旗 全委 全盟 我市 我县 我区 \
         我省 我州 我旗 我局 我委 我办 我厅 我镇 我乡 我街道 我单位 我院 我中心 本单位 本机关 \
         本局 本街道 本镇 各级",
    ),
    (
        WordKind::PartOfYear,
        "上半年 下半年 季度 月份 近年 五年来 三年来 两年来 近三年 近两年 近二年 近四年 近五年 \
         近十年 近几年 历年",
    ),
    (WordKind::LastYear, "上年 上年度 去年 上一年 上一年度 往年 同期"),
    (WordKind::Compare, "增加 减少 增长 下降 上升 同比 较 相比 比上年 比去年 多于 少于 回落 环比 提高 降低"),
    (
        WordKind::Channel,
        "网上 网络 在线 线上 线下 信函 邮寄 邮件 当面 现场 窗口 传真 书面 通过 邮政 网站 平台 \
         电话 挂号信",
    ),
    (WordKind::Channels, "等方式 等渠道 等途径 等形式 各种渠道 各渠道 多种渠道 各类渠道 各种方式 各种途径"),
    (
        WordKind::Nothing,
        "未收到 未接到 未接收到 未接收 未受理 没有收到 没有接到 没有 没有发生 未发生 未引起 未引发 \
         未产生 未出现 未涉及 未有 尚未收到 尚未发生 不存在 无 无人 零 未被 未提起 暂无 均无 \
         未曾收到 未曾发生 没有出现 没有产生 没有引起 没有引发 未办理 没有受理 \
         未作出 未做出 没有作出 未实施 未收取 没有收取 未制发 没有制发 未制定 没有制定 未出台 未发布 未印发 未废止 \
         未新制发 未新制定",
    ),
    (WordKind::All, "均 全部 都 皆 全数 悉数"),
    (WordKind::Percentage, "占"),
    (WordKind::InTurn, "分别"),
    (WordKind::Each, "各"),
    (
        WordKind::Harmless,
        "无正当理由 无条件 无障碍 无关 无效 无偿 无异议 无故 无缝 无误 无需 无论 无纸化 有无 \
         无差错 无一 无不 无理由 没有现成 没有一 无须 零距离 零差错 零跑 零容忍 零距 无死角 \
         无盲区 申请人 被申请人 申请书 申请表 可申请 不属于 处理决定 办理流程 办理时限 办理程序 \
         办理工作 受理点 受理窗口 受理渠道 答复率 办结率 答复书 答复时限 答复质量 都市 首都 成都 \
         各类 各项 各种 各部门 各单位 各科室 各地 平均 比较 全部门 无锡 无为 占用 占地 维持秩序 \
         在办公",
    ),
];

/// The same, laid out to be searched.
const LEXICON: &WordTable<WordKind, { count_entries(TABLE) }> = &WordTable::new(TABLE);

/// Returns the longest word that the text begins with, and its meaning.
pub fn longest_match(text: &str) -> Option<(&'static str, WordKind)> {
    LEXICON.longest_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        for (word, meaning) in LEXICON.entries() {
            let other =
                LEXICON.entries().find(|(other, other_meaning)| *other == word && *other_meaning != meaning);
            assert_eq!(other, None, "{word} {meaning:?}");
        }
    }

    #[test]
    fn the_longest_word_counts() {
        for (text, word) in [
            ("无法提供12件", WordKind::Result(RequestOutcome::Unable)),
            ("无正当理由", WordKind::Harmless),
            ("无行政复议", WordKind::Nothing),
            ("未经复议直接起诉", WordKind::Review(Review::Direct)),
            ("上年结转3件", WordKind::CarriedIn),
            ("上年相比", WordKind::LastYear),
            ("结转下年度继续办理", WordKind::CarriedOut),
            ("不予处理", WordKind::Result(RequestOutcome::Declined)),
            ("规章制度", WordKind::Unrelated),
        ] {
            assert_eq!(longest_match(text).map(|(_, word)| word), Some(word), "{text}");
        }
        assert_eq!(longest_match("今年"), None);
    }
}
