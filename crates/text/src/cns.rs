//! CNS 11643, the character set of EUC-TW and ISO-2022-CN, by way of Big5.
//!
//! Planes 1 and 2 hold what Big5 holds, nearly in the same order; the ranges say where. They are printed by
//! `tests/measure/cns.py`. Other planes are not decoded: no encoding in use but EUC-TW has them, and hardly a
//! file of it.

use encoding_rs::BIG5;

/// The character at a row and column of a plane, both from 0xA1 to 0xFE.
pub(crate) fn character(plane: u8, row: u8, column: u8) -> Option<char> {
    let (row, column) = (row.checked_sub(0xA1)?, column.checked_sub(0xA1)?);
    let ranges: &[(u16, u16, u16)] = match plane {
        1 => &PLANE_1,
        2 => &PLANE_2,
        _ => return None,
    };
    if row > 93 || column > 93 {
        return None;
    }
    let at = u16::from(row) * 94 + u16::from(column);
    let (start, big5, length) = *ranges.get(ranges.partition_point(|r| r.0 <= at).checked_sub(1)?)?;
    if at >= start + length {
        return if plane == 1 { not_in_big5(at) } else { None };
    }
    let place = big5 + (at - start);
    let (lead, trail) = ((place / 157) as u8 + 0xA1, (place % 157) as u8);
    let bytes = [lead, trail + if trail < 0x3F { 0x40 } else { 0x62 }];
    BIG5.decode_without_bom_handling_and_without_replacement(&bytes)?.chars().next()
}

/// The few characters of plane 1 that Big5 lacks, or has by another name.
fn not_in_big5(at: u16) -> Option<char> {
    match at {
        23 => Some('︲'),
        154 => Some('‖'),
        3102..=3133 => char::from_u32(0x2400 + u32::from(at - 3102)),
        3134 => Some('␡'),
        8022 => Some('彞'),
        _ => None,
    }
}

/// Place in plane 1 counted along rows of 94, place in Big5 counted along rows of 157 from A140, number.
#[rustfmt::skip]
const PLANE_1: [(u16, u16, u16); 43] = [
    (0, 0, 21), (21, 23, 2), (24, 22, 1), (29, 29, 44), (73, 74, 1), (74, 73, 1), (75, 75, 22), (98, 98, 1),
    (100, 100, 27), (127, 128, 1), (128, 127, 1), (129, 129, 19), (148, 149, 1), (149, 148, 1), (150, 150, 4),
    (155, 21, 1), (156, 158, 2), (158, 158, 76), (282, 234, 29), (312, 264, 1), (314, 266, 142), (470, 6101, 20),
    (490, 5892, 10), (571, 5905, 1), (578, 5908, 1), (583, 5909, 1), (3290, 471, 1412), (4702, 1884, 424),
    (5126, 1883, 1), (5127, 2308, 1876), (7003, 4571, 1), (7004, 4184, 387), (7391, 4572, 525), (7916, 5286, 1),
    (7917, 5097, 105), (8023, 5203, 83), (8106, 5287, 84), (8190, 5517, 1), (8191, 5371, 54), (8245, 5426, 1),
    (8246, 5425, 1), (8247, 5427, 90), (8337, 5518, 354),
];

/// The same for plane 2.
#[rustfmt::skip]
const PLANE_2: [(u16, u16, u16); 49] = [
    (0, 6280, 10), (10, 6291, 33), (43, 6372, 1), (44, 6324, 48), (92, 6373, 46), (138, 6586, 1), (139, 6419, 167),
    (306, 6587, 1840), (2146, 9074, 1), (2147, 8428, 108), (2255, 8537, 537), (2792, 8427, 1), (2793, 9075, 100),
    (2893, 8536, 1), (2894, 9175, 399), (3293, 9575, 1637), (4930, 11761, 1), (4931, 11212, 146), (5077, 11899, 1),
    (5078, 11358, 287), (5365, 12508, 1), (5366, 11645, 116), (5482, 11762, 137), (5619, 11900, 104),
    (5723, 12425, 1), (5724, 12004, 222), (5946, 12227, 198), (6144, 12426, 82), (6226, 12509, 86), (6312, 12226, 1),
    (6313, 12595, 8), (6321, 12604, 153), (6474, 12758, 56), (6530, 13114, 1), (6531, 12814, 113), (6644, 12603, 1),
    (6645, 12927, 142), (6787, 12757, 1), (6788, 13069, 45), (6833, 13115, 71), (6904, 13380, 1), (6905, 13186, 194),
    (7099, 13381, 490), (7589, 13914, 1), (7590, 13871, 43), (7633, 13915, 1), (7634, 13917, 11), (7645, 13916, 1),
    (7646, 13928, 4),
];
