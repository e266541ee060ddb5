//! Header words of forms to the meaning of their columns.
