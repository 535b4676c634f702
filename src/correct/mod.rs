//! From records to changes of notation.
