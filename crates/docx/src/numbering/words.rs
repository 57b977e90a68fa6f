//! Numbers in words, for the number formats that spell them out.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// `1st`, `2nd`, `11th`.
pub(super) fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `Twenty-one`. Up to 999 999, as in Word's fields.
pub(super) fn cardinal_text(number: u32) -> Option<String> {
    Some(capital(&english(number)?))
}

/// `Twenty-first`.
pub(super) fn ordinal_text(number: u32) -> Option<String> {
    let cardinal = english(number)?;
    let cut = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
    let last = match &cardinal[cut..] {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        word => match word.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{word}th"),
        },
    };
    Some(capital(&format!("{}{last}", &cardinal[..cut])))
}

/// `Twenty-one and 00/100`.
pub(super) fn dollar_text(number: u32) -> Option<String> {
    Some(format!("{} and 00/100", cardinal_text(number)?))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn english(number: u32) -> Option<String> {
    let below_hundred = |n: u32| match n {
        0..20 => ONES[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        _ => format!("{}-{}", TENS[n as usize / 10], ONES[n as usize % 10]),
    };
    let below_thousand = |n: u32| match (n / 100, n % 100) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", ONES[hundreds as usize]),
        (hundreds, rest) => format!("{} hundred {}", ONES[hundreds as usize], below_hundred(rest)),
    };
    match (number / 1000, number % 1000) {
        (1000.., _) => None,
        (0, rest) => Some(below_thousand(rest)),
        (thousands, 0) => Some(format!("{} thousand", below_thousand(thousands))),
        (thousands, rest) => Some(format!("{} thousand {}", below_thousand(thousands), below_thousand(rest))),
    }
}

/// 하나, 둘, … 아흔아홉: the native Korean numbers end below a hundred.
pub(super) fn korean_native(number: u32) -> Option<String> {
    const ONES: [&str; 10] = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
    const TENS: [&str; 10] = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
    (1..100)
        .contains(&number)
        .then(|| format!("{}{}", TENS[number as usize / 10], ONES[number as usize % 10]))
}

/// `hai mươi mốt`. Up to 999.
pub(super) fn vietnamese(number: u32) -> Option<String> {
    const ONES: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let below_hundred = |n: usize| match (n / 10, n % 10) {
        (0, one) => ONES[one].to_owned(),
        (1, 0) => "mười".to_owned(),
        (1, 5) => "mười lăm".to_owned(),
        (1, one) => format!("mười {}", ONES[one]),
        (ten, 0) => format!("{} mươi", ONES[ten]),
        (ten, 1) => format!("{} mươi mốt", ONES[ten]),
        (ten, 5) => format!("{} mươi lăm", ONES[ten]),
        (ten, one) => format!("{} mươi {}", ONES[ten], ONES[one]),
    };
    let number = number as usize;
    match (number / 100, number % 100) {
        (10.., _) => None,
        (0, rest) => Some(below_hundred(rest)),
        (hundreds, 0) => Some(format!("{} trăm", ONES[hundreds])),
        (hundreds, rest @ 1..10) => Some(format!("{} trăm lẻ {}", ONES[hundreds], ONES[rest])),
        (hundreds, rest) => Some(format!("{} trăm {}", ONES[hundreds], below_hundred(rest))),
    }
}

/// หนึ่ง, … ยี่สิบเอ็ด. Up to 999 999.
pub(super) fn thai(number: u32) -> Option<String> {
    const ONES: [&str; 10] = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"];
    const UNITS: [&str; 6] = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"];
    if number > 999_999 {
        return None;
    }
    if number == 0 {
        return Some(ONES[0].to_owned());
    }
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.bytes().map(|digit| usize::from(digit - b'0')).enumerate() {
        let place = digits.len() - 1 - index;
        match (place, digit) {
            (_, 0) => continue,
            (1, 1) => {}
            (1, 2) => out.push_str("ยี่"),
            (0, 1) if number > 10 => out.push_str("เอ็ด"),
            _ => out.push_str(ONES[digit]),
        }
        out.push_str(UNITS[place]);
    }
    Some(out)
}

/// एक, दो, … सौ. Hindi has a word of its own for each number up to a hundred.
pub(super) fn hindi(number: u32) -> Option<String> {
    const WORDS: &str = "एक दो तीन चार पाँच छह सात आठ नौ दस \
        ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस \
        इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस \
        इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस \
        इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास \
        इक्यावन बावन तिरेपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ \
        इकसठ बासठ तिरेसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर \
        इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी अस्सी \
        इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे \
        इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे सौ";
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    WORDS.split_ascii_whitespace().nth(index).map(str::to_owned)
}
