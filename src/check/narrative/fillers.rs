//! Words that may stand between what is counted and its number without changing what is counted.
//!
//! Any other word might change the meaning, so the number is not judged: missing a figure is better than a
//! false alarm.

use super::word_table::{WordTable, count_entries};

/// The words, separated by blanks.
const STOP_WORDS: &str = "\
    政府信息公开工作 政府信息公开 政务信息公开 信息公开 政务公开 政府信息 政务信息 相关信息 信息 \
    公开 社会公众 社会各界 公众 群众 当事人 人民法院 法院 复议机关 机关 工作 提交的 提出的 \
    提起的 提起 递交的 递交 本年度 全年度 年度内 年度 本年 全年 当年 今年 年内 年共 期间 共计 \
    合计 总计 累计 一共 总共 总数量 总数 总量 总件数 件数 数量 申请量 申请数 数 量 共 总 \
    以上 上述 其中 另有 尚有 还有 仍有 剩余 其余 余下 另 包括 包含 含 有 无 仅 只 有关 \
    相关 各类 各项 全部 所有 任何 该类 这类 类 已经 已 均 都 按照 根据 依照 《条例》 \
    《中华人民共和国政府信息公开条例》 条例 按时 按期 按规定 依法依规 依法 依规 及时 规范 严格 \
    如期 限期 期内 在法定 法定 规定 时限 期限 时间 限 要求 之内 以内 内 予以 给予 进行 作出 \
    做出 作 做 完成 完毕 了 并 且 在 于 当中 中 对 向 由 因 而 被 为 是 的 得 达到 达 \
    至 到 按 和 及 与 或 以及 、 “ ” 《 》 引起的 引起 引发的 引发 导致 产生的 产生 \
    发生的 发生 出现 涉及 关于 针对 方面的 方面 情况 情形 案件 案 事项 事宜 现象 申请 \
    行政行为 人员 提请 请求 诉至 等 也 亦 即 则 现 后 前 处于 状态 结果 决定 继续 书面 \
    一并 同时 分别 金额 比 度 属于 属 工作日 市政府 县政府 区政府 省政府 镇政府 \
    乡政府 人民政府 本机关 件 起 宗 项 条 次 个 我 本 单位 行政 政府";

/// The same, laid out to be searched.
const TABLE: &WordTable<(), { count_entries(&[((), STOP_WORDS)]) }> = &WordTable::new(&[((), STOP_WORDS)]);

/// Returns `true` if a text consists of stop words and blanks alone.
pub fn covers(text: &str) -> bool {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let Some((word, ())) = TABLE.longest_match(rest) else { return false };
        rest = rest[word.len()..].trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn stop_words_may_stand_between() {
        for text in ["", " ", "共", "政府信息公开", "已在法定期限内", "因政府信息公开工作引发的", "数量为"]
        {
            assert!(covers(text), "{text}");
        }
    }

    #[test]
    fn unknown_words_may_not() {
        for text in ["不动产登记", "低保", "共旁听", "征地拆迁"] {
            assert!(!covers(text), "{text}");
        }
    }
}
