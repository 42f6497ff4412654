//! What a query finds, over all fields: by a slow, obvious reference of what each one means, and in a library on disk.

mod library;
mod property;
