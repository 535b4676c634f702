//! Form-control check boxes and option buttons: the sheet's anchors joined with the parts
//! that say whether they are ticked, or read from VML where a workbook has no such parts.

use std::collections::BTreeMap;

use super::sheet::ControlRef;
use super::vml::VmlControl;
use crate::read::geometry::{Anchor, Grid};
use crate::read::package::{Package, Relations};
use crate::read::xml::Xml;
use crate::read::{CheckBox, ReadError};

/// A control of the sheet that can be ticked; its place may be known to VML only.
#[derive(Debug)]
pub(super) struct Control {
    shape: String,
    anchor: Option<Anchor>,
    checked: bool,
}

/// Those of `controls` that can be ticked, in their order.
pub(super) fn read(
    controls: Vec<ControlRef>,
    relations: &Relations,
    package: &mut Package<'_>,
) -> Result<Vec<Control>, ReadError> {
    let mut found = Vec::new();
    for control in controls {
        let Some(relation) = relations.get(&control.properties) else {
            continue;
        };
        let Some(text) = package.text(&relation.part)? else {
            continue;
        };
        let mut xml = Xml::new(&text);
        let properties = xml.root("formControlPr")?;
        if matches!(
            properties.attribute("objectType").as_deref(),
            Some("CheckBox" | "Radio")
        ) {
            found.push(Control {
                shape: control.shape,
                anchor: control.anchor,
                // A box that is neither on nor off (`Mixed`) is nobody's answer.
                checked: properties.attribute("checked").as_deref() == Some("Checked"),
            });
        }
    }
    Ok(found)
}

/// Whether VML has to be asked.
pub(super) fn needs_vml(controls: &[Control]) -> bool {
    controls.is_empty() || controls.iter().any(|control| control.anchor.is_none())
}

/// The boxes on the sheet. Captions are by shape id; `vml` is empty where it was not needed.
pub(super) fn place(
    controls: Vec<Control>,
    vml: &[VmlControl],
    captions: &BTreeMap<String, String>,
    grid: &Grid,
) -> Vec<CheckBox> {
    let check_box = |anchor: Anchor, checked: bool, caption: &str| CheckBox {
        anchor: anchor.cells(),
        center: grid.center(&anchor),
        checked,
        caption: caption.trim().to_owned(),
    };
    if controls.is_empty() {
        return vml
            .iter()
            .map(|control| check_box(control.anchor, control.checked, &control.caption))
            .collect();
    }
    let vml: BTreeMap<&str, &VmlControl> = vml
        .iter()
        .map(|control| (control.shape.as_str(), control))
        .collect();
    controls
        .iter()
        .filter_map(|control| {
            let drawn = vml.get(control.shape.as_str());
            let caption = captions
                .get(&control.shape)
                .or(drawn.map(|drawn| &drawn.caption))
                .map_or("", String::as_str);
            let anchor = control.anchor.or(drawn.map(|drawn| drawn.anchor))?;
            Some(check_box(anchor, control.checked, caption))
        })
        .collect()
}
