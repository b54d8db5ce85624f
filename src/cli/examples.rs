//! What stands below the help of the commands and on the manual page: examples, exit codes, files,
//! environment.

pub(super) const NEW: &str = "\n例子：
  nianbao new --unit 示例市水务局 --year 2025
  nianbao new --unit 示例市水务局 --year 2025 --kind 部门 --level 设区市 -o 草稿.ron";
pub(super) const CHECK: &str = "\n例子：
  nianbao check 草稿.ron
  nianbao check 各单位 --summary
  nianbao check 草稿.ron --only T1,T3 --format json
  nianbao export 草稿.ron --to json | nianbao import - -o - | nianbao check -
退出码：0 没有错误；1 有没有搁置的错误；2 有草稿读不出来";
pub(super) const EXPORT: &str = "\n例子：
  nianbao export 草稿.ron --to docx
  nianbao export 草稿.ron --to html --fragment -o -
  nianbao export 草稿.ron --to csv -o 表格/
  nianbao export 草稿.ron --template
  nianbao export 各单位 --to xlsx -o 各单位.xlsx
退出码：0 写好了，草稿有错误也是 0，只提一句；2 没有写成";
pub(super) const IMPORT: &str = "\n例子：
  nianbao import 报告.docx
  nianbao import 来文 -o 草稿
  nianbao import 报告.pdf --format json
退出码：0 每一格都读出来了；1 有空白的、待核对的格；2 没有读成";
pub(super) const CARRY: &str = "\n例子：
  nianbao carry 示例市水务局-2024.ron
  nianbao carry 示例市水务局-2024.ron -o 草稿.ron";
pub(super) const STATUS: &str = "\n例子：
  nianbao status 各单位 --year 2025
  nianbao status 各单位 --year 2025 --roster 名单.txt --format csv > 进度.csv
退出码：0 都报了，没有错误；1 有没报的、有错误的；2 有草稿读不出来";
pub(super) const COMPILE: &str = "\n例子：
  nianbao compile 各单位 -o 汇总.ron --unit 示例县人民政府
  nianbao compile 各单位 -o 汇总.ron --force
  nianbao compile 各单位 -o 汇总.ron --adjust requests.new.natural=-2=联合收到
退出码：0 都汇总了；1 有缺报的单位，或空白的、不能相加的格；2 没有汇总，或有草稿读不出来";
pub(super) const EXPLAIN: &str = "\n例子：
  nianbao explain
  nianbao explain T1";
pub(super) const COMPLETIONS: &str = "\n例子：
  nianbao completions bash > ~/.local/share/bash-completion/completions/nianbao
  nianbao completions zsh > ~/.zfunc/_nianbao
  nianbao completions fish > ~/.config/fish/completions/nianbao.fish";

/// A heading with its lines: what is meant, and what it means.
type Section = (&'static str, &'static [(&'static str, &'static str)]);

/// What holds for every command.
pub(super) const SECTIONS: [Section; 4] = [
    (
        "退出码",
        &[
            ("0", "办完，没有错误"),
            ("1", "办完，但有错误、待补的栏、缺报的单位或不同之处"),
            ("2", "有事没能办成，或有文件读不出来；其余的照样办完"),
        ],
    ),
    (
        "文件",
        &[
            ("~/.config/nianbao", "自己设的按键（keys.ron）、配色（theme.ron）、格式（forms）"),
            ("~/.local/state/nianbao", "恢复记录、以前存过的版本、最近打开的草稿"),
            ("名单.txt", "在放草稿的文件夹里：应报单位名单，一行一个"),
            ("nianbao.ron", "在放草稿的文件夹里：报送期限和核对的设置"),
        ],
    ),
    (
        "环境变量",
        &[
            ("NO_COLOR、CLICOLOR_FORCE", "结果不用颜色、不在终端上也用颜色"),
            ("NIANBAO_THEME", "编辑器的配色：dark、light 或 terminal"),
            ("NIANBAO_AMBIGUOUS", "“—①占几格：narrow 或 wide"),
            ("NIANBAO_ASCII", "设了就只用 ASCII 字符画边框"),
            ("XDG_CONFIG_HOME、XDG_STATE_HOME", "代替 ~/.config、~/.local/state"),
        ],
    ),
    (
        "例子",
        &[
            ("nianbao 草稿.ron", "打开草稿"),
            ("nianbao 各单位", "看文件夹里各单位报了没有"),
            ("nianbao import 报告.docx && nianbao check 报告.ron", "读入公开的报告再核对"),
        ],
    ),
];

/// Returns the sections as the help shows them.
pub(super) fn help_sections() -> String {
    let line = |(term, meaning): &(&str, &str)| {
        let columns = crate::text::width::display_width(term).max(24);
        let padding = " ".repeat(columns - crate::text::width::display_width(term));
        format!("  {term}{padding}  {meaning}\n")
    };
    let sections = SECTIONS
        .iter()
        .map(|(heading, lines)| format!("{heading}：\n{}", lines.iter().map(line).collect::<String>()));
    sections.collect::<Vec<_>>().join("\n")
}
