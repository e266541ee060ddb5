//! What was read of a report to tables for people.
