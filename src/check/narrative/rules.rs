//! The rules on what the text says of numbers.

use crate::check::{Rule, Severity};

pub const N1: Rule = Rule {
    id: "N1",
    severity: Severity::Warning,
    description: "正文里的件数与表里的数一致。",
    basis: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

pub const N2: Rule = Rule {
    id: "N2",
    severity: Severity::Warning,
    description: "正文说“未收到”“未发生”“均已办结”的，表里相应的数是 0。",
    basis: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

pub const N3: Rule = Rule {
    id: "N3",
    severity: Severity::Warning,
    description: "“N件，占X%”：按所写的小数位算得出来，四舍五入或去尾都可以。",
    basis: "算术；格式没有要求写百分比",
};

pub const N5: Rule = Rule {
    id: "N5",
    severity: Severity::Warning,
    description: "“同比增长X%”：按两年的新收申请数（或加上上年结转）算得出来。",
    basis: "算术；要有上年的报告才核对，格式没有要求写百分比",
};

pub const N7: Rule = Rule {
    id: "N7",
    severity: Severity::Remark,
    description: "“N件，其中甲……件、乙……件”：列全了的，各项相加等于前面的数。",
    basis: "算术；没有列全的、互相重叠的不在此列，所以只作留意",
};
