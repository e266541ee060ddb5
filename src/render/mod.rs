//! Outcomes to what people and programs read, one format a file.
