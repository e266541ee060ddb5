//! The subject of a quantity: the noun that it counts.
