-- Tables of the shop: customers, orders and what was in them.
-- Version 12.

CREATE TABLE customers (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL -- as it is printed
);
