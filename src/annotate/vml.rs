//! The drawing of a sheet's comments: a box for each, which programs show when the cell is pointed at.

use super::scan::unfit;

/// What a new drawing begins with.
const HEAD: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"";
const AFTER_ID: &str = "\"/></o:shapelayout>";
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
o:connecttype=\"rect\"/></v:shapetype>";
/// The ids that one drawing may give.
const IDS: u32 = 1024;

/// A new drawing for so many boxes. The ids of its boxes come from blocks that no other drawing of the file has taken.
pub(super) fn blank(others: &[String], boxes: usize) -> String {
    let first = others.iter().flat_map(|other| blocks(other)).max().unwrap_or(0) + 1;
    let last = first.saturating_add(boxes as u32 / IDS);
    let own: Vec<String> = (first..=last).map(|block| block.to_string()).collect();
    format!("{HEAD}{}{AFTER_ID}{SHAPE_TYPE}</xml>", own.join(","))
}

/// The blocks of ids that a drawing has taken.
fn blocks(drawing: &str) -> Vec<u32> {
    let map = drawing
        .split("<o:idmap")
        .nth(1)
        .and_then(|rest| rest.split('>').next());
    let data = map.and_then(|map| map.split("data=\"").nth(1)?.split('"').next());
    let numbers = data.into_iter().flat_map(|data| data.split(','));
    numbers.filter_map(|number| number.trim().parse().ok()).collect()
}

/// A drawing with boxes for cells (row and column, from 0) and how many lines each has to show.
pub(super) fn with(drawing: &str, cells: &[(u32, u32, u32)]) -> Result<String, String> {
    // what Excel writes is not always well-formed: it is not parsed
    let end = drawing.rfind("</xml>").ok_or_else(unfit)?;
    let used = drawing.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    });
    let first = blocks(drawing).into_iter().min().unwrap_or(1).saturating_mul(IDS);
    let mut next = used.max().unwrap_or(first).saturating_add(1);
    let mut boxes = String::new();
    if !drawing.contains("\"_x0000_t202\"") {
        boxes.push_str(SHAPE_TYPE);
    }
    for cell in cells {
        boxes.push_str(&shape(next, *cell));
        next = next.saturating_add(1);
    }
    Ok(format!("{}{boxes}{}", &drawing[..end], &drawing[end..]))
}

fn shape(id: u32, (row, column, lines): (u32, u32, u32)) -> String {
    let (left, right) = (column + 1, column + 5);
    let (top, bottom) = (row.saturating_sub(1), row.saturating_sub(1) + lines.clamp(4, 24));
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;\
         width:240pt;height:{height}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 12, {top}, 4, {right}, 12, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        height = lines.clamp(4, 24) * 14
    )
}
