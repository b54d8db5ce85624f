//! Radicals in place of the characters they are: `⽤` for `用`.
//!
//! A font has one picture for both, and programs that print pages write the code of the radical as often as
//! that of the character. They look the same and compare as different.

/// The characters of the radicals from U+2E80 on; what is a part of characters alone is itself.
const SUPPLEMENT: &str = "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹\
    纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠\
    饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The characters of the Kangxi radicals from U+2F00 on, as they are printed in the mainland: ⼾ is 户.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工\
    己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉\
    瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
    衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯\
    鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Returns the character that a radical stands for, or `c` itself.
///
/// ```
/// use nianbao::text::radicals::plain_character;
///
/// assert_eq!("⽤⼾⺠⻔，（一）".chars().map(plain_character).collect::<String>(), "用户民门，（一）");
/// ```
pub fn plain_character(c: char) -> char {
    let nth = |table: &str, first: u32| table.chars().nth((c as u32 - first) as usize).unwrap_or(c);
    match c {
        '\u{2e80}'..='\u{2ef3}' => nth(SUPPLEMENT, 0x2e80),
        '\u{2f00}'..='\u{2fd5}' => nth(KANGXI, 0x2f00),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_radical_that_is_a_character_becomes_it() {
        assert_eq!(SUPPLEMENT.chars().count(), 0x2ef3 - 0x2e80 + 1);
        assert_eq!(KANGXI.chars().count(), 0x2fd5 - 0x2f00 + 1);
        let printed = "⼀⼆⼋⼗⼈⼯⼤⼩⾏⽅⾯⾼⿓⻅⻋⻓⻘⻢⻩⻰";
        let plain: String = printed.chars().map(plain_character).collect();
        assert_eq!(plain, "一二八十人工大小行方面高龍见车长青马黄龙");
        assert_eq!("三、（①户".chars().map(plain_character).collect::<String>(), "三、（①户");
    }
}
