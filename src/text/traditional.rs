//! Traditional characters that stand in the words of the form, to recognize labels in pages of both scripts.
//!
//! Only labels, headings and titles are compared this way; a text keeps the characters it was written in.

/// The traditional characters of the form's own words and of what is printed around them, in order, each with
/// its simplified form.
#[rustfmt::skip]
const PAIRS: [(char, char); 128] = [
    ('佈', '布'), ('併', '并'), ('個', '个'), ('們', '们'), ('價', '价'), ('優', '优'), ('內', '内'),
    ('動', '动'), ('務', '务'), ('區', '区'), ('參', '参'), ('問', '问'), ('單', '单'), ('國', '国'),
    ('圖', '图'), ('團', '团'), ('執', '执'), ('報', '报'), ('學', '学'), ('實', '实'), ('審', '审'),
    ('專', '专'), ('對', '对'), ('導', '导'), ('屬', '属'), ('幾', '几'), ('廢', '废'),
    ('廳', '厅'), ('強', '强'), ('後', '后'), ('從', '从'), ('復', '复'), ('態', '态'), ('應', '应'),
    ('懲', '惩'), ('採', '采'), ('據', '据'), ('數', '数'), ('於', '于'), ('書', '书'), ('會', '会'),
    ('東', '东'), ('條', '条'), ('業', '业'), ('構', '构'), ('標', '标'), ('機', '机'), ('檔', '档'),
    ('權', '权'), ('決', '决'), ('沒', '没'), ('況', '况'), ('減', '减'), ('測', '测'), ('準', '准'),
    ('為', '为'), ('無', '无'), ('營', '营'), ('獲', '获'), ('現', '现'), ('產', '产'), ('當', '当'),
    ('發', '发'), ('監', '监'), ('確', '确'), ('穩', '稳'), ('範', '范'), ('糾', '纠'), ('級', '级'),
    ('組', '组'), ('結', '结'), ('經', '经'), ('維', '维'), ('網', '网'), ('縣', '县'), ('總', '总'),
    ('織', '织'), ('繼', '继'), ('續', '续'), ('罰', '罚'), ('義', '义'), ('與', '与'), ('舉', '举'),
    ('萬', '万'), ('處', '处'), ('衛', '卫'), ('補', '补'), ('製', '制'), ('複', '复'), ('規', '规'),
    ('計', '计'), ('訊', '讯'), ('訟', '讼'), ('訪', '访'), ('許', '许'), ('訴', '诉'), ('詢', '询'),
    ('認', '认'), ('請', '请'), ('議', '议'), ('護', '护'), ('責', '责'), ('費', '费'), ('貿', '贸'),
    ('資', '资'), ('質', '质'), ('購', '购'), ('轉', '转'), ('辦', '办'), ('農', '农'), ('這', '这'),
    ('進', '进'), ('過', '过'), ('還', '还'), ('鄉', '乡'), ('鎮', '镇'), ('長', '长'), ('門', '门'),
    ('開', '开'), ('關', '关'), ('電', '电'), ('項', '项'), ('預', '预'), ('題', '题'), ('額', '额'),
    ('類', '类'), ('顧', '顾'), ('體', '体'),
];

/// Returns the simplified form of a traditional character of the form's words, and any other unchanged.
///
/// ```
/// use nianbao::text::simplified;
///
/// let plain: String = "行政許可總計 A1".chars().map(simplified).collect();
/// assert_eq!(plain, "行政许可总计 A1");
/// ```
pub fn simplified(c: char) -> char {
    PAIRS.binary_search_by_key(&c, |(from, _)| *from).map_or(c, |at| PAIRS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_are_in_order_and_no_others() {
        assert!(PAIRS.is_sorted() && PAIRS.windows(2).all(|pair| pair[0].0 != pair[1].0));
        assert!(PAIRS.iter().all(|(_, to)| simplified(*to) == *to));
    }
}
