//! The model of the standard pack to bytes and back: it is the same at every start of a run without rules of its own,
//! so that it is resolved when the program is built.

use super::phrases::Phrases;
use super::{
    Attachment, Bonus, Case, Check, DefaultScoring, Forbidden, Grade, Group, Indicator, Manner, Model, Name,
    Pack, Process, Scheme, Scoring, Section, Standard, Target, Years,
};
use crate::expr::fields::Context;
use crate::expr::{Comparison, Expr, ExprKind, Function, Operation, Piece, Template};
use crate::finding::{Finding, Severity};
use crate::packs;
use crate::quantity::{Approx, End, Interval, Printed, Quantity, Unit, UnitTable};
use crate::source::{Source, SourceId};
use crate::syntax::coded::{Coded, Packed, Reader, Writer, fields, variants};
use std::sync::Arc;

/// The bytes and texts of the model that judges when no rules are given; none where it holds what is not written here.
pub fn pack(model: &Model, findings: &[Finding]) -> (Vec<u8>, String) {
    let mut out = Writer::default();
    let units = model.units.is_built_in();
    let plain = model.editions.is_empty() && model.changes.is_empty() && model.trials.is_empty();
    if units && plain && model.sums.is_empty() && findings.is_empty() {
        let sources = model.sources.iter().map(|source| source.name.clone());
        sources.collect::<Vec<String>>().put(&mut out);
        model.put(&mut out);
    }
    out.done()
}

/// The model of these; none where they are not a model's, or where a pack that it needs is not there.
pub fn unpack(packed: Packed) -> Option<Model> {
    let mut from = Reader::new(packed, SourceId(0));
    let names: Vec<String> = Coded::take(&mut from)?;
    let mut model = Model::take(&mut from)?;
    for name in names {
        let pack = packs::PACKS.iter().find(|pack| pack.name == name)?;
        model
            .sources
            .push(Arc::new(Source::built_in(pack.name, pack.text)));
    }
    model.phrases = Phrases::of(&model.forbidden, &model.processes);
    from.is_at_end().then_some(model)
}

/// What is left out is empty in a model that is packed, or follows from the rest.
macro_rules! model {
    ($($field:ident)*) => {
        impl Coded for Model {
            fn put(&self, out: &mut Writer) {
                $(self.$field.put(out);)*
            }

            fn take(from: &mut Reader) -> Option<Model> {
                Some(Model { $($field: Coded::take(from)?,)* ..Model::default() })
            }
        }
    };
}

model! {
    packs dormant needs_year year names groups grades grade_step sections processes attachments forbidden bonuses
    standards default_scoring schemes checks
}

/// A unit is its name.
impl Coded for Unit {
    fn put(&self, out: &mut Writer) {
        self.name().to_owned().put(out);
    }

    fn take(from: &mut Reader) -> Option<Unit> {
        let name = from.text()?;
        match name.is_empty() {
            true => Some(Unit::none()),
            false => UnitTable::built_in().parse(name).map(|(unit, _)| unit),
        }
    }
}

fields! {
    Pack { name, version, source, built_in, years, cites }
    Years { from, to }
    Name { name, aliases, unit, indicator, in_form, parts, some_parts, span, basis }
    Indicator { first, second, weight, target, target_span, scoring }
    Group { name, level, parent, weight, scoring, span }
    Grade { name, interval, span }
    Section { title, aliases, severity, span, basis }
    Process { name, steps, severity, span, basis }
    Attachment { name, severity, span, basis }
    Forbidden { word, help, severity, span, basis }
    Bonus { name, most, span }
    Standard { name, parameters, cases, whole, span }
    Case { condition, result, span }
    Scoring { standard, arguments, span }
    DefaultScoring { quantitative, qualitative }
    Scheme { parts, span }
    Check {
        name, code, severity, context, manner, when, requirements, message, help, basis, built_in, parameters, span
    }
    Expr { kind, span }
    Template { pieces }
    Quantity { value, high, unit, printed, exact, bound, approx }
    Printed { last, lowest, digits, scale }
    Interval { low, high }
    End { at, closed }
}

variants! {
    Target {
        0 Number { 0 number }
        1 Interval { 0 interval, 1 unit }
        2 Date { 0 date }
        3 Text { 0 text }
    }
    ExprKind {
        0 Constant { 0 number }
        1 Text { 0 text }
        2 Field { 0 path }
        3 SectionText { 0 title }
        4 Otherwise {}
        5 Call { 0 function, 1 arguments }
        6 Not { 0 inner }
        7 And { 0 left, 1 right }
        8 Or { 0 left, 1 right }
        9 Compare { 0 how, 1 left, 2 right }
        10 Compute { 0 how, 1 left, 2 right }
        11 Negate { 0 inner }
        12 Has { 0 inner, 1 has }
        13 OrElse { 0 left, 1 right }
        14 Among { 0 inner, 1 list }
        15 Contains { 0 left, 1 right }
        16 Interval { 0 low, 1 closed, 2 high, 3 closes }
    }
    Piece {
        0 Words { 0 words }
        1 Value { 0 value }
    }
    Function {
        0 Sum {}
        1 Count {}
        2 Greatest {}
        3 Least {}
        4 Round {}
        5 GradeName {}
    }
    Comparison {
        0 Equal {}
        1 Different {}
        2 Less {}
        3 AtMost {}
        4 Greater {}
        5 AtLeast {}
    }
    Operation {
        0 Add {}
        1 Subtract {}
        2 Multiply {}
        3 Divide {}
    }
    Context {
        0 Report {}
        1 Form {}
        2 FundRow {}
        3 ExecutionRow {}
        4 FirstGroup {}
        5 SecondGroup {}
        6 IndicatorRow {}
        7 ExtraRow {}
        8 Funds {}
        9 Declared {}
    }
    Severity {
        0 Error {}
        1 Warning {}
        2 Info {}
    }
    Manner {
        0 AsPrinted {}
        1 AsRanges {}
    }
    Approx {
        0 About {}
        1 Nearly {}
        2 Over {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made;
    use crate::model::from_syntax;

    #[test]
    fn the_model_that_was_made_is_that_of_the_standard_pack() {
        let (resolved, findings) = from_syntax::resolved(Vec::new(), &mut |_, _| None);
        assert_eq!(findings, []);
        let made = unpack(made::STANDARD_MODEL).expect("a model was made when the program was built");
        assert_eq!(format!("{made:#?}"), format!("{resolved:#?}"));
        let (bytes, text) = pack(&made, &[]);
        assert_eq!(
            (bytes.as_slice(), text.as_str()),
            (made::STANDARD_MODEL.bytes, made::STANDARD_MODEL.text)
        );
    }

    #[test]
    fn bytes_that_are_no_model_give_none() {
        let Packed { bytes, text } = made::STANDARD_MODEL;
        for end in (0..bytes.len()).step_by(59) {
            let bytes = &bytes[..end];
            assert!(unpack(Packed { bytes, text }).is_none(), "{end} bytes");
        }
        assert!(unpack(Packed { bytes, text: "" }).is_none());
    }
}
