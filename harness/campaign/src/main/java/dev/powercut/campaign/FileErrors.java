package dev.powercut.campaign;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an operating system has against a file, in words: the message of these exceptions is often just the file's name. */
public final class FileErrors {

    private FileErrors() {}

    /** The sort of the failure. */
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such file or folder: " + missing.getMessage();
            case NotDirectoryException file -> "not a folder: " + file.getMessage();
            case FileAlreadyExistsException file -> "there is one already: " + file.getMessage();
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
