//! Lines: what is stroked, and what is filled so thinly that it looks stroked (ISO 32000-2, 8.5).

use super::{Run, numbers};
use crate::lexer::Token;
use crate::page::{Area, Segment};

/// A filled rectangle is a line where its shorter side is at most this, in points.
const THIN: f32 = 3.0;
/// Segments of one page; what is beyond is a drawing.
const SEGMENTS: usize = 100_000;

/// The path being built, in reading space. Only straight parts are kept.
#[derive(Default)]
pub(super) struct Path {
    start: (f32, f32),
    at: (f32, f32),
    lines: Vec<((f32, f32), (f32, f32))>,
    /// Whether any part of it is curved.
    curved: bool,
    rectangles: Vec<Area>,
}

impl Path {
    fn clear(&mut self) {
        self.lines.clear();
        self.rectangles.clear();
        self.curved = false;
    }

    fn line_to(&mut self, to: (f32, f32)) {
        if self.lines.len() < SEGMENTS {
            self.lines.push((self.at, to));
        }
        self.at = to;
    }
}

impl Run<'_, '_> {
    pub(super) fn path_operator(&mut self, operator: &[u8], operands: &[Token<'_>]) {
        match operator {
            b"m" => {
                if let Some([x, y]) = numbers(operands) {
                    self.path.at = self.place(x, y);
                    self.path.start = self.path.at;
                }
            }
            b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    let to = self.place(x, y);
                    self.path.line_to(to);
                }
            }
            b"c" => self.curve(numbers::<6>(operands).map(|[.., x, y]| (x, y))),
            b"v" | b"y" => self.curve(numbers::<4>(operands).map(|[.., x, y]| (x, y))),
            b"h" => self.close(),
            b"re" => {
                if let Some([x, y, width, height]) = numbers(operands) {
                    self.rectangle(x, y, width, height);
                }
            }
            b"S" => self.paint(true, false),
            b"s" => {
                self.close();
                self.paint(true, false);
            }
            b"f" | b"F" | b"f*" => self.paint(false, true),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.close();
                self.paint(true, true);
            }
            b"n" => self.path.clear(),
            _ => {}
        }
    }

    fn place(&self, x: f64, y: f64) -> (f32, f32) {
        let (x, y) = self.state.ctm.apply(x, y);
        (x as f32, y as f32)
    }

    fn curve(&mut self, to: Option<(f64, f64)>) {
        if let Some((x, y)) = to {
            self.path.at = self.place(x, y);
            self.path.curved = true;
        }
    }

    fn close(&mut self) {
        let start = self.path.start;
        if self.path.at != start {
            self.path.line_to(start);
        }
    }

    fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let [a, b, c, d] = corners.map(|(x, y)| self.place(x, y));
        self.path.at = a;
        self.path.start = a;
        let upright = (a.0 - d.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01
            || (a.1 - d.1).abs() < 0.01 && (a.0 - b.0).abs() < 0.01;
        if upright {
            let area = Area { x0: a.0.min(c.0), y0: a.1.min(c.1), x1: a.0.max(c.0), y1: a.1.max(c.1) };
            if self.path.rectangles.len() < SEGMENTS {
                self.path.rectangles.push(area);
            }
        } else {
            for to in [b, c, d, a] {
                self.path.line_to(to);
            }
        }
    }

    /// Ends the path: notes its lines where it is stroked, and its thin rectangles where it is filled.
    fn paint(&mut self, stroked: bool, filled: bool) {
        let thickness =
            (self.state.line_width * (self.state.ctm.x_scale() + self.state.ctm.y_scale()) / 2.0) as f32;
        let path = std::mem::take(&mut self.path);
        for area in &path.rectangles {
            let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
            if filled && width.min(height) <= THIN {
                self.push_rule(middle(area));
            } else if stroked {
                let Area { x0, y0, x1, y1 } = *area;
                for (x0, y0, x1, y1) in
                    [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
                {
                    self.push_rule(Segment { x0, y0, x1, y1, thickness });
                }
            }
        }
        if stroked {
            for ((x0, y0), (x1, y1)) in &path.lines {
                self.push_rule(Segment { x0: *x0, y0: *y0, x1: *x1, y1: *y1, thickness });
            }
        } else if filled && !path.curved && (3..=5).contains(&path.lines.len()) {
            // A thin rectangle drawn by its corners.
            let points = || path.lines.iter().flat_map(|(from, to)| [from, to]);
            let fold = |first: f32, pick: fn(&(f32, f32)) -> f32, choose: fn(f32, f32) -> f32| {
                points().map(pick).fold(first, choose)
            };
            let area = Area {
                x0: fold(f32::MAX, |p| p.0, f32::min),
                y0: fold(f32::MAX, |p| p.1, f32::min),
                x1: fold(f32::MIN, |p| p.0, f32::max),
                y1: fold(f32::MIN, |p| p.1, f32::max),
            };
            let straight =
                path.lines.iter().all(|(a, b)| (a.0 - b.0).abs() < 0.01 || (a.1 - b.1).abs() < 0.01);
            if straight && (area.x1 - area.x0).min(area.y1 - area.y0) <= THIN {
                self.push_rule(middle(&area));
            }
        }
        self.path = path;
        self.path.clear();
    }

    fn push_rule(&mut self, rule: Segment) {
        let finite = [rule.x0, rule.y0, rule.x1, rule.y1].iter().all(|value| value.is_finite());
        if finite && self.page.rules.len() < SEGMENTS {
            self.page.rules.push(rule);
        }
    }
}

/// The line a thin rectangle looks like.
fn middle(area: &Area) -> Segment {
    let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
    if width >= height {
        let y = (area.y0 + area.y1) / 2.0;
        Segment { x0: area.x0, y0: y, x1: area.x1, y1: y, thickness: height }
    } else {
        let x = (area.x0 + area.x1) / 2.0;
        Segment { x0: x, y0: area.y0, x1: x, y1: area.y1, thickness: width }
    }
}
