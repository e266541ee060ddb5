//! The quantity gate: masks first, then numerals, then what makes a numeral a quantity (a unit, %, a header's unit).

use crate::facts::Number;
use crate::quantity::{Quantity, Unit, UnitTable};

/// Every number in a view, ascending by place, masked ones too.
pub fn scan(_view: &str, _units: &UnitTable) -> Vec<Number> {
    Vec::new()
}

/// A whole cell read as one quantity: `812.45`, `≥46公里`, `94.47%`, `1.2万亩以上`. `header` is the unit that the
/// column's header gives to bare numbers, with its power of ten (万元: 元, 4).
pub fn read_cell(_text: &str, _header: Option<(Unit, u8)>, _units: &UnitTable) -> Option<Quantity> {
    None
}
