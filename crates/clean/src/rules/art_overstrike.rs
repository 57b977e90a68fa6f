use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-overstrike",
    doc: include_str!("art_overstrike.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::DOUBLED, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut pairs: Vec<char> = Vec::new();
    let mut chars = text.chars();
    while let Some(first) = chars.next() {
        if chars.next() != Some(first) {
            return;
        }
        pairs.push(first);
    }
    if is_overstruck(&pairs) {
        edits.replace(0..text.len(), pairs.into_iter().collect::<String>());
    }
}

fn is_overstruck(pairs: &[char]) -> bool {
    let han = pairs.iter().filter(|c| chars::is_han(**c)).count();
    let digit = pairs.iter().any(char::is_ascii_digit);
    let other =
        digit || pairs.iter().any(|c| matches!(c, '、' | '，' | '。' | '：' | '；' | '.' | '（' | '）'));
    let mut distinct = pairs.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    // Laughter and rulers repeat one character; words that people double come in fours.
    let is_word = |word: &&[char]| DOUBLED.contains(&word.iter().collect::<String>().as_str());
    let words = || pairs.chunks(2).filter(is_word).count() * 2 >= pairs.chunks(2).count();
    (han >= 2 || digit && han == 1)
        && distinct.len() * 2 > pairs.len()
        && if other { pairs.len() >= 4 } else { pairs.len() >= 6 && !words() }
}

/// Words that are commonly said with both characters doubled: 高高兴兴, 认认真真.
const DOUBLED: [&str; 70] = [
    "高兴", "认真", "踏实", "快乐", "健康", "平安", "干净", "清楚", "明白", "老实", "实在", "轻松", "热闹",
    "开心", "安静", "风光", "堂正", "兢业", "勤恳", "恭敬", "规矩", "完整", "大方", "和气", "顺利", "稳当",
    "整齐", "彻底", "仔细", "辛苦", "匆忙", "断续", "来往", "进出", "上下", "前后", "方面", "时刻", "日夜",
    "寻觅", "冷清", "凄惨", "莺燕", "风雨", "花草", "朝暮", "世代", "祖辈", "千万", "反复", "许多", "郑重",
    "红火", "亮堂", "浩荡", "里外", "大小", "老少", "远近", "高低", "长短", "男女", "分秒", "点滴", "条框",
    "家户", "山水", "村寨", "形色", "洋洒",
];
