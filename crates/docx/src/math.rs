//! Office Math (ISO/IEC 29500-1, 22.1) as LaTeX.

use crate::element::Element;
use crate::line::Line;
use crate::reader::Reader;
use crate::xml::Xml;
use qingwen_model::Object;

impl Reader<'_> {
    /// Reads an `m:oMath` or `m:oMathPara`.
    pub(crate) fn math(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, line: &mut Line) {
        let display = element.name == "oMathPara";
        let latex = xml.deep_text(crate::body::is_text);
        if !latex.trim().is_empty() {
            let look = self.look(&<_>::default(), line);
            line.push_object(Object::Formula { latex, display }, &look);
        }
    }
}
