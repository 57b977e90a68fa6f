//! Numbers that a word processor prints.

use crate::package::{Package, p};

pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("law-numbers.docx", law()),
        ("numbers-by-style.docx", by_style()),
        ("restarts.docx", restarts()),
        ("formats.docx", formats()),
        ("lists-mixed.docx", mixed()),
        ("tasks.docx", tasks()),
    ]
}

fn level(index: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}\
         <w:lvlText w:val='{text}'/></w:lvl>"
    )
}

fn list(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId='{id}'>{levels}</w:abstractNum>")
}

fn num(id: u32, family: u32, more: &str) -> String {
    format!("<w:num w:numId='{id}'><w:abstractNumId w:val='{family}'/>{more}</w:num>")
}

fn item(list: u32, level: usize, text: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), "", text)
}

/// Chapters, sections and articles; articles run on through chapters, and past a hundred.
fn law() -> Vec<u8> {
    let space = "<w:suff w:val='space'/>";
    let levels = level(0, "chineseCountingThousand", "第%1章", space)
        + &level(1, "chineseCountingThousand", "第%2节", space)
        + &level(2, "chineseCountingThousand", "第%3条", "<w:lvlRestart w:val='0'/>")
        + &level(3, "chineseCounting", "（%4）", "<w:suff w:val='nothing'/>");
    let over = "<w:lvlOverride w:ilvl='2'><w:startOverride w:val='99'/></w:lvlOverride>";
    let numbering = list(0, &levels) + &num(1, 0, "") + &num(2, 0, over);
    let body = [
        item(1, 0, "总则"),
        item(1, 2, "为了保护青柳河，制定本办法。"),
        item(1, 2, "本办法适用于下列活动："),
        item(1, 3, "取水；"),
        item(1, 3, "采砂。"),
        item(1, 0, "管理"),
        item(1, 1, "一般规定"),
        item(1, 2, "取水应当申请。"),
        item(1, 3, "写明用途；"),
        item(1, 1, "法律责任"),
        item(2, 2, "违者处以罚款。"),
        item(2, 2, "拒不缴纳的，加处罚款。"),
        item(2, 2, "本办法自公布之日起施行。"),
    ];
    Package::new(&body.concat()).numbering(&numbering).zip()
}

/// Headings that carry their numbers by style, the level named by the list.
fn by_style() -> Vec<u8> {
    let style = |id: &str, name: &str, outline: u8, number: &str| {
        format!(
            "<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/><w:pPr>{number}\
             <w:outlineLvl w:val='{outline}'/></w:pPr></w:style>"
        )
    };
    let number = "<w:numPr><w:numId w:val='1'/></w:numPr>";
    let styles = style("1", "heading 1", 0, number) + &style("2", "heading 2", 1, number);
    let levels = level(0, "decimal", "%1", "<w:pStyle w:val='1'/>")
        + &level(1, "decimal", "%1.%2", "<w:pStyle w:val='2'/>");
    let heading = |style: &str, text: &str| p(&format!("<w:pStyle w:val='{style}'/>"), "<w:b/>", text);
    let body = [
        heading("1", "范围"),
        heading("1", "术语"),
        heading("2", "堤防"),
        heading("2", "Weir"),
        p("<w:pStyle w:val='1'/><w:numPr><w:numId w:val='0'/></w:numPr>", "", "参考文献"),
    ];
    Package::new(&body.concat()).styles(&styles).numbering(&(list(0, &levels) + &num(1, 0, ""))).zip()
}

/// Lists of one family, with and without a start of their own; an empty numbered cell; hidden numbers.
fn restarts() -> Vec<u8> {
    let hidden = level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>");
    let over = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>";
    let numbering = list(0, &level(0, "decimal", "%1.", ""))
        + &list(1, &hidden)
        + &num(1, 0, "")
        + &num(2, 0, "")
        + &num(3, 0, over)
        + &num(4, 1, "");
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |text: &str| format!("<w:tr>{}{}</w:tr>", cell(&item(3, 0, "")), cell(&p("", "", text)));
    let body = [
        item(1, 0, "甲"),
        item(2, 0, "another list of the family goes on"),
        item(3, 0, "重新开始"),
        item(4, 0, "不显示编号"),
        format!("<w:tbl>{}{}</w:tbl>", row("东岸"), row("西岸")),
        item(1, 0, "接着数"),
    ];
    Package::new(&body.concat()).numbering(&numbering).zip()
}

/// One paragraph for each of many formats, third in its list.
fn formats() -> Vec<u8> {
    const FORMATS: [&str; 24] = [
        "decimal",
        "decimalZero",
        "decimalFullWidth",
        "decimalEnclosedCircle",
        "decimalEnclosedParen",
        "upperRoman",
        "lowerRoman",
        "upperLetter",
        "lowerLetter",
        "ordinal",
        "cardinalText",
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "ideographTraditional",
        "ideographZodiac",
        "ideographLegalTraditional",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
        "ganada",
        "aiueoFullWidth",
        "numberInDash",
    ];
    let mut numbering = String::new();
    let mut nums = String::new();
    let mut body = String::new();
    for (index, format) in FORMATS.iter().enumerate() {
        let id = index as u32 + 1;
        let start = format!(
            "<w:lvl w:ilvl='0'><w:start w:val='12'/><w:numFmt w:val='{format}'/><w:lvlText w:val='%1'/></w:lvl>"
        );
        numbering.push_str(&list(id, &start));
        nums.push_str(&num(id, id, ""));
        body.push_str(&item(id, 0, format));
    }
    let custom = "<w:lvl w:ilvl='0'><w:start w:val='7'/><mc:AlternateContent><mc:Choice Requires='w14'>\
        <w:numFmt w:val='custom' w:format='001, 002, 003, ...'/></mc:Choice><mc:Fallback>\
        <w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent><w:lvlText w:val='%1'/></w:lvl>";
    numbering.push_str(&list(99, custom));
    nums.push_str(&num(99, 99, ""));
    body.push_str(&item(99, 0, "custom"));
    Package::new(&body).numbering(&(numbering + &nums)).zip()
}

/// Numbers above signs, signs in cells, words where a sign should be.
fn mixed() -> Vec<u8> {
    let wingdings = "<w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr>";
    let levels = level(0, "decimal", "%1)", "")
        + &level(1, "bullet", "&#xF06C;", wingdings)
        + &level(2, "bullet", "o", "<w:rPr><w:rFonts w:ascii='Courier New'/></w:rPr>");
    let words = level(0, "bullet", "注：", "<w:suff w:val='nothing'/>") + &level(1, "bullet", "", "");
    let numbering = list(0, &levels) + &list(1, &words) + &num(1, 0, "") + &num(2, 1, "");
    let body = [
        item(1, 0, "第一步"),
        item(1, 1, "备料"),
        item(1, 2, "石料"),
        item(1, 2, "水泥"),
        item(1, 1, "放线"),
        item(1, 0, "第二步"),
        item(2, 0, "雨天停工。"),
        item(2, 1, "没有记号的一段。"),
    ];
    Package::new(&body.concat()).numbering(&numbering).zip()
}

/// Ballot boxes at the start of items, typed and as content controls; and where they make no task.
fn tasks() -> Vec<u8> {
    let numbering = list(0, &level(0, "bullet", "•", "")) + &list(1, &level(0, "decimal", "%1.", ""));
    let control = |checked: u8, sign: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'><w14:checked w14:val='{checked}'/></w14:checkbox></w:sdtPr>\
             <w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    };
    let task = |checked: u8, sign: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>{}\
             <w:r><w:t xml:space='preserve'> {text}</w:t></w:r></w:p>",
            control(checked, sign)
        )
    };
    let body = [
        item(1, 0, "☐ 清淤"),
        item(1, 0, "☑ 备料"),
        task(1, "☒", "放线"),
        task(0, "☐", "验收"),
        item(1, 0, "没有方框的一项"),
        item(1, 0, "☐ 是　☐ 否"),
        item(1, 0, "☐"),
        item(2, 0, "☐ 编号的一项"),
        p("", "", "☐ 不在列表里的一段"),
    ];
    Package::new(&body.concat()).numbering(&(numbering + &num(1, 0, "") + &num(2, 1, ""))).zip()
}
