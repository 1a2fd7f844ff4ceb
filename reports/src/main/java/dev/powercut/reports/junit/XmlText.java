package dev.powercut.reports.junit;

/** Text that XML 1.0 can hold (section 2.2, "Characters"). */
final class XmlText {

    private XmlText() {}

    /** The text, with each character that XML cannot hold as {@code \}{@code uXXXX}. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                legal.append(c).append(text.charAt(++i));
            } else if (isLegal(c)) {
                legal.append(c);
            } else {
                legal.append("\\u").append(hex(c));
            }
        }
        return legal.toString();
    }

    private static boolean isLegal(char c) {
        boolean control = c < ' ' && c != '\t' && c != '\n' || c >= 0x7F && c < 0xA0;
        boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return !control && !direction && !Character.isSurrogate(c) && c < 0xFFFE;
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
