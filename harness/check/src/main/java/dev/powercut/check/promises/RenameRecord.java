package dev.powercut.check.promises;

/** A rename that a filesystem declares atomic: from one cell to another. */
record RenameRecord(int operation, EntryCell from, EntryCell to) {}
