//! The checks, one a file, and how they are run.
