package dev.powercut.reports.html;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes for HTML, and shows characters that would otherwise not be seen or would rearrange what stands around them (controls,
 * line breaks, bidirectional overrides, zero-width characters) as escapes in the way of C. In text these are set apart by a
 * {@code span} of class {@code esc}, so that they differ from a file name that holds a real backslash. A lone surrogate U+DC80 to U+DCFF stands for a byte of a file name that is not valid UTF-8 and is shown as that
 * byte.
 */
final class PrintableOutput extends OwaspHtmlTemplateOutput {
    private boolean inAttribute;

    PrintableOutput(TemplateOutput output) {
        super(output);
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
        int plainFrom = 0;
        StringBuilder attribute = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            if (isUnseen(codePoint)) {
                String plain = text.substring(plainFrom, at);
                if (inAttribute) {
                    attribute.append(plain).append(escape(codePoint));
                } else {
                    super.writeUserContent(plain);
                    writeContent("<span class=\"esc\">" + escape(codePoint) + "</span>");
                }
                plainFrom = next;
            }
            at = next;
        }
        super.writeUserContent(attribute.append(text, plainFrom, text.length()).toString());
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
