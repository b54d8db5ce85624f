//! Fifteen screens at two sizes, on a dark and on a light ground: what a change of the screen looks like, side
//! by side in a review. `BLESS=1 cargo test --test pictures` writes them into `tests/pictures/screens`.

use nianbao::editor::event::Background;
use std::fs;
use std::path::Path;

use super::Picture;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const GROUNDS: [(&str, Background); 2] = [("dark", Background::Dark), ("light", Background::Light)];

/// A screen: its name, what it shows for those who cannot see it, and what is pressed.
type Screen = (&'static str, &'static str, &'static [&'static str]);

const SCREENS: [Screen; 15] = [
    ("home", "首页：选中的草稿写明各部分完成多少、哪里有问题", &[]),
    ("files", "打开文件：选中的文件里有什么", &["o"]),
    ("cover", "封面", &["s", "Alt+0"]),
    (
        "narrative",
        "第一部分：正文引用的数与表格对照",
        &["s", "Alt+1", "Ctrl+End", "type 全年收到政府信息公开申请86件。", "Left", "Left", "Left"],
    ),
    ("disclosure", "第二部分的表格", &["s", "Alt+2", "Down", "Down"]),
    ("requests", "第三部分的表格：一格填错", &["s", "Alt+3", "F8"]),
    ("typing", "正在填写一格", &["s", "Alt+3", "Down", "Down", "Down", "type 24"]),
    ("findings", "检查页", &["s", "Alt+7"]),
    ("preview", "导出效果预览", &["s", "Alt+8"]),
    ("units", "单位一览", &["d", "type 各单位", "Enter", "Down"]),
    ("shares", "汇总的一格由哪些单位组成", &["o", "type 汇总.ron", "Enter", "Alt+3", "Alt+U"]),
    ("palette", "命令", &["s", "Alt+3", "Ctrl+P", "type dc"]),
    ("help", "帮助", &["s", "Alt+3", "F1"]),
    ("quit", "退出前的询问", &["s", "Alt+3", "type 59", "Ctrl+Q"]),
    ("review", "导入后待核对的内容", &["i", "type 报告.txt", "Enter"]),
];

/// Every picture with its file.
fn pictures() -> impl Iterator<Item = (String, Picture)> {
    SCREENS.iter().flat_map(|&(name, shows, keys)| {
        SIZES.iter().flat_map(move |&window| {
            GROUNDS.iter().map(move |&(ground, background)| {
                let file = format!("{name}-{}x{}-{ground}.svg", window.0, window.1);
                (file, Picture { file: name, shows, window, ground: background, keys })
            })
        })
    })
}

#[test]
fn the_gallery_shows_what_the_program_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/screens");
    let mut stale = Vec::new();
    for (file, picture) in pictures() {
        let drawn = picture.draw();
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(&file), drawn).unwrap();
        } else if fs::read_to_string(folder.join(&file)).unwrap_or_default() != drawn {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "stale, write them with BLESS=1 cargo test --test pictures: {stale:?}");
}

#[test]
fn no_two_screens_of_the_gallery_are_the_same() {
    let mut seen = std::collections::HashMap::new();
    for (file, picture) in pictures() {
        let drawn: String = picture.draw().lines().filter(|line| !line.starts_with("<title>")).collect();
        if let Some(other) = seen.insert(drawn, file.clone()) {
            panic!("{file} shows the same as {other}: are its keys pressed in vain?");
        }
    }
}
