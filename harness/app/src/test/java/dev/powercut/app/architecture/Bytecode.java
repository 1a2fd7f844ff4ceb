package dev.powercut.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;

/** The class file behind a class, for what ArchUnit does not show. */
final class Bytecode {
    private Bytecode() {}

    static ClassModel of(JavaClass type) {
        var source = type.getSource().orElseThrow(() -> new IllegalStateException("no class file of " + type));
        try (InputStream bytes = source.getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
