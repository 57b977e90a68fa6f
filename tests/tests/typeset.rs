//! Inverse typesetting: paragraphs that we know are set as lines of a page, dumped as an extractor dumps them, and must
//! come back whole.
//!
//! The page is that of GB/T 9704: full lines, no mark that may not begin a line at its beginning, none that may not end
//! one at its end, numbers and Latin words undivided. `tests/measure/typeset.py` does the same with real texts and
//! prints how much comes back.

use proptest::prelude::*;
use qingwen::{Options, clean};

/// What a line cannot begin with, and what it cannot end with.
const NO_START: &str = "，。、；：？！）》”";
const NO_END: &str = "（《“";

fn cells(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The pieces of a text that no line's end divides.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%');
        match pieces.last_mut() {
            Some(last) if in_word(c) && last.ends_with(in_word) => last.push(c),
            Some(last) if NO_START.contains(c) || last.ends_with(|c| NO_END.contains(c)) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

/// How paragraphs are set.
#[derive(Clone, Copy, Debug)]
struct Setting {
    width: usize,
    indented: bool,
    numbered: bool,
    header: bool,
}

/// The lines of a paragraph.
fn set(text: &str, setting: Setting) -> Vec<String> {
    let mut line = if setting.indented { "　　".to_owned() } else { String::new() };
    let mut lines = Vec::new();
    for piece in pieces(text) {
        // A mark that closes may hang beyond the edge.
        let core = piece.trim_end_matches(|c| NO_START.contains(c));
        if !line.trim().is_empty() && cells(&line) + cells(core) > setting.width {
            lines.push(std::mem::take(&mut line));
        }
        line += &piece;
    }
    lines.push(line);
    lines
}

/// A document as the dump of its pages.
fn page(title: &str, paragraphs: &[String], setting: Setting) -> String {
    let mut lines = set(title, Setting { indented: false, ..setting });
    lines.extend(paragraphs.iter().flat_map(|text| set(text, setting)));
    // A header is known by its pages.
    let has_header = setting.header && setting.numbered && lines.len() > 44;
    let mut out = String::new();
    for (number, sheet) in lines.chunks(22).enumerate() {
        if number > 0 {
            out.push(if setting.numbered { '\u{c}' } else { '\n' });
        }
        let header = has_header.then(|| "云溪县水务局 内部资料".to_owned());
        let foot = setting.numbered.then(|| format!("— {} —", number + 1));
        let all: Vec<String> = header.into_iter().chain(sheet.iter().cloned()).chain(foot).collect();
        out += &all.join("\n");
    }
    out
}

/// Whether a paragraph or a sentence ends with a full line somewhere in flush text: then no one can say whether what
/// follows belongs to it.
fn is_undecidable(paragraphs: &[String], setting: Setting) -> bool {
    let ends = |line: &str| line.ends_with(['。', '；', '”', '）', '：']);
    let full = |line: &str| cells(line) + 8 > setting.width;
    let mut all = paragraphs.iter().map(|text| set(text, setting));
    all.any(|lines| {
        let last = lines.last().is_some_and(|line| full(line));
        last || lines.iter().any(|line| full(line) && ends(line))
    })
}

fn sentence() -> impl Strategy<Value = String> {
    let subject = prop::sample::select(vec![
        "云溪县水务局",
        "各乡镇河长",
        "青石水库管理所",
        "“清渠行动”工作组",
        "全县42个行政村",
        "灌区用水户协会",
    ]);
    let adverb = prop::sample::select(vec![
        "按照年度计划",
        "在汛期到来之前",
        "会同农业农村部门",
        "根据《灌区管理办法》（试行）",
    ]);
    let verb = prop::sample::select(vec![
        "新修渠道18.5公里",
        "清理淤泥三万余方",
        "改造泵站11座、闸门27扇",
        "排查隐患点位136处",
        "举办Excel和GIS培训各一期",
        "完成投资1260万元",
    ]);
    let result = prop::sample::select(vec![
        "群众满意度达到98.5%",
        "灌溉水利用系数比上年提高0.03",
        "为秋粮丰收打下了坚实基础",
        "受到上级水行政主管部门通报表扬",
        "没有发生一起责任事故",
    ]);
    (subject, adverb, verb, result).prop_map(|(s, a, v, r)| format!("{s}{a}，{v}，{r}。"))
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let prose = prop::collection::vec(sentence(), 2..6).prop_map(|all| all.concat());
    let sections = prop::collection::vec(prop::collection::vec(prose, 1..4), 2..5);
    sections.prop_map(|sections| {
        let heads = ["一、渠道建设", "二、防汛准备", "三、水价改革", "四、下一步打算"];
        let mut all = Vec::new();
        for (head, body) in heads.iter().zip(sections) {
            all.push((*head).to_owned());
            all.extend(body);
        }
        all
    })
}

/// The blocks that cleaning gives, without the marks of headings.
fn blocks(text: &str) -> Vec<String> {
    let markdown = clean(text, &Options::default()).markdown;
    markdown.trim_end().split("\n\n").map(|block| block.trim_start_matches(['#', ' ']).to_owned()).collect()
}

fn comes_back(paragraphs: &[String], setting: Setting) -> Result<(), TestCaseError> {
    let title = "云溪县2023年水务工作总结";
    let text = page(title, paragraphs, setting);
    let expected: Vec<String> = std::iter::once(title.to_owned()).chain(paragraphs.iter().cloned()).collect();
    prop_assert_eq!(blocks(&text), expected, "{:?}\n{}", setting, text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn indented_paragraphs_come_back_from_any_page(
        paragraphs in paragraphs(),
        width in 20usize..100,
        numbered: bool,
        header: bool,
    ) {
        comes_back(&paragraphs, Setting { width, indented: true, numbered, header })?;
    }

    #[test]
    fn flush_paragraphs_come_back_where_no_sentence_ends_with_a_full_line(
        paragraphs in paragraphs(),
        width in 40usize..100,
        numbered: bool,
    ) {
        let setting = Setting { width, indented: false, numbered, header: false };
        prop_assume!(!is_undecidable(&paragraphs, setting));
        comes_back(&paragraphs, setting)?;
    }
}

/// All widths at which paragraphs do not come back, of those where the page says where each ends.
fn widths_that_fail(title: &str, paragraphs: &[String], indented: bool) -> Vec<usize> {
    let expected: Vec<&str> = std::iter::once(title).chain(paragraphs.iter().map(String::as_str)).collect();
    let fails = |width: &usize| {
        let setting = Setting { width: *width, indented, numbered: false, header: false };
        let is_told = indented || !is_undecidable(paragraphs, setting);
        is_told && blocks(&page(title, paragraphs, setting)) != expected
    };
    (40..=80).filter(fails).collect()
}

#[test]
fn headings_that_fill_their_lines_stay_headings() {
    let body = "全县今年新修渠道四十二公里，改造泵站十一座，灌溉面积扩大到三万亩，各村都得到了好处。";
    let tail = "的有关情况和下一步工作的主要打算以及需要上级部门帮助解决的困难";
    // Whatever the width, one of them fills its line.
    let heads = (0..=26).map(|at| {
        let words: String = tail.chars().take(at).collect();
        format!("（{}）石桥镇供水保障工作{words}", numeral(at + 1))
    });
    let paragraphs: Vec<String> = heads.flat_map(|head| [head, body.to_owned()]).collect();
    assert_eq!(widths_that_fail("云溪县2023年水务工作总结", &paragraphs, true), Vec::<usize>::new());
}

/// 1 to 99 in ideographs.
fn numeral(number: usize) -> String {
    let digit = |n: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[test]
fn numbers_within_sentences_begin_no_paragraph_of_flush_text() {
    let paragraphs = [
        "第一条 为了加强灌区管理，规范水价，根据《云溪县水利工程管理办法》第四十条和有关规定，制定本办法，灌区内的取水、输水和配水活动适用本办法",
        "第二条 灌区管理单位对具有前条第一、二项情形的用水户，可以依照《云溪县农业用水管理办法》第六十四条关于定额的规定核减用水指标，并书面告知本人",
        "第三条 依照本办法第一条、第二条核减的水量，以及《云溪县取水许可办法》（以下简称许可办法）第九条规定的水量，由灌区统一调配，各村应当使用统一、规范的文书",
        "第四条 用水户每日9:00至11:30、14:00至17:00报送用水计划，逾期不报的，视为放弃，灌区管理单位另行安排",
    ]
    .map(|text| format!("{text}。"));
    assert_eq!(widths_that_fail("云溪县灌区管理办法", &paragraphs, false), Vec::<usize>::new());
}

#[test]
fn titles_that_fill_their_lines_go_on() {
    let articles = (1..=8).map(|at| {
        let at = numeral(at);
        format!("第{at}条 灌区内的水事案件由第{at}灌区所在地的法院管辖，双方另有约定或者法律另有规定的除外。")
    });
    let purpose = "为依法公正审理水事案件，结合审判实践，制定本解释。".to_owned();
    let paragraphs: Vec<String> = std::iter::once(purpose).chain(articles).collect();
    let court = "云溪县高级法院和青石县中级法院联合审判委员会";
    for length in 7..=court.chars().count() {
        let court: String = court.chars().take(length).collect();
        let title =
            format!("{court}关于办理非法取水、依据灌区公约和司法协助安排请求送达等案件若干问题的解释");
        assert_eq!(widths_that_fail(&title, &paragraphs, false), Vec::<usize>::new(), "{title}");
    }
}

#[test]
fn a_short_text_in_narrow_lines_is_joined() {
    let paragraphs = [
        "2024年，石桥镇以“百日行动”为抓手，整治农村环境，全镇12个村面貌明显改善。现将情况总结如下。",
        "一、工作情况",
        "成立由镇长任组长的领导小组，印发《石桥镇环境整治方案》，召开现场会3次。",
        "共清理垃圾1280吨、残垣断壁46处，新建公厕8座，改造户厕372户，污水处理率提高到71.5%。",
        "二、存在的问题",
        "部分群众主动参与的意识不强，长效管护的经费不足，个别村存在“前清后乱”的现象。",
        "三、下一步打算",
        "建立“户分类、村收集、镇转运”体系，落实保洁员38名，每人每月补助600元。",
    ]
    .map(str::to_owned);
    let title = "石桥镇2024年农村环境整治工作总结";
    let setting = Setting { width: 28, indented: false, numbered: false, header: false };
    let expected: Vec<&str> = std::iter::once(title).chain(paragraphs.iter().map(String::as_str)).collect();
    assert_eq!(blocks(&page(title, &paragraphs, setting)), expected);
}
