//! Parts of the README that are written from the program itself.

use std::path::Path;

/// Compares what stands in the README between `<!-- NAME -->` and `<!-- /NAME -->` with
/// `wanted`; with `UPDATE_README` set in the environment, writes it there instead.
pub fn holds(name: &str, wanted: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let no_place = || format!("README.md has no place for {name}");
    let (before, rest) = readme.split_once(&open).ok_or_else(no_place)?;
    let (written, after) = rest.split_once(&close).ok_or_else(no_place)?;
    let wanted = format!("\n{wanted}\n");
    if written == wanted {
        return Ok(());
    }
    if std::env::var_os("UPDATE_README").is_none() {
        return Err(format!(
            "README.md tells otherwise of {name}; UPDATE_README=1 writes it anew:\n{wanted}"
        ));
    }
    let updated = [before, &open, &wanted, &close, after].concat();
    std::fs::write(&path, updated).map_err(|error| error.to_string())
}
