//! Everything that is written out.
