package dev.powercut.reports.html;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes for HTML, and rewrites what people cannot read, without losing anything:
 *
 * <ul>
 *   <li>characters that would not be seen or would rearrange what stands around them (controls, line breaks, bidirectional
 *       overrides, zero-width characters) become escapes in the way of C; a lone surrogate U+DC80 to U+DCFF stands for a byte of
 *       a file name that is not valid UTF-8 and is shown as that byte;
 *   <li>a long {@link Run} of one character or phrase becomes that phrase and how often it stands.
 * </ul>
 *
 * In text these are set apart by a {@code span} of class {@code esc}, so that they differ from a file name that holds a real
 * backslash, bracket or multiplication sign.
 */
final class PrintableOutput extends OwaspHtmlTemplateOutput {
    private boolean inAttribute;
    private boolean whole;

    PrintableOutput(TemplateOutput output) {
        super(output);
    }

    /** Text that is there to be copied: its runs are written out. */
    static Content whole(String text) {
        return output -> {
            PrintableOutput printable = (PrintableOutput) output;
            printable.whole = true;
            printable.writeUserContent(text);
            printable.whole = false;
        };
    }

    @Override
    public void setContext(@Nullable String tagName, @Nullable String attributeName) {
        inAttribute = attributeName != null;
        super.setContext(tagName, attributeName);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
        if (text == null) {
            return;
        }
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            if (whole) {
                int codePoint = text.codePointAt(at);
                append(plain, codePoint);
                at += Character.charCount(codePoint);
            } else {
                Run run = Run.at(text, at);
                append(plain, run);
                at += run.length();
            }
        }
        super.writeUserContent(plain.toString());
    }

    private void append(StringBuilder plain, Run run) {
        boolean bracketed = !run.isOneCharacter();
        if (bracketed) {
            setApart(plain, "(");
        }
        run.unit().codePoints().forEach(codePoint -> append(plain, codePoint));
        if (run.count() > 1) {
            setApart(plain, (bracketed ? ")×" : "×") + run.count());
        }
    }

    private void append(StringBuilder plain, int codePoint) {
        if (isUnseen(codePoint)) {
            setApart(plain, escape(codePoint));
        } else {
            plain.appendCodePoint(codePoint);
        }
    }

    /** Marks go straight to the page: they hold nothing of the report. */
    private void setApart(StringBuilder plain, String mark) {
        if (inAttribute) {
            plain.append(mark);
            return;
        }
        super.writeUserContent(plain.toString());
        plain.setLength(0);
        writeContent("<span class=\"esc\">" + mark + "</span>");
    }

    private static boolean isUnseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
            default -> false;
        };
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (codePoint < 0xA0) {
                    yield hex("\\x%02x", codePoint);
                }
                if (codePoint >= 0xDC80 && codePoint <= 0xDCFF) {
                    yield hex("\\x%02x", codePoint - 0xDC00);
                }
                yield codePoint > 0xFFFF ? hex("\\U%08x", codePoint) : hex("\\u%04x", codePoint);
            }
        };
    }

    private static String hex(String format, int value) {
        return String.format(Locale.ROOT, format, value);
    }
}
