package dev.powercut.check.image;

/** The bytes of an image are not a filesystem that we can work on: what is wrong, where, and how to mend it. */
public final class ImageFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final long offsetBytes;
    private final String remedy;

    /**
     * @param what what is wrong, with the value found
     * @param offsetBytes where on the image
     * @param remedy what the user can do
     */
    public ImageFormatException(String what, long offsetBytes, String remedy) {
        super(what + " (at byte " + offsetBytes + "); " + remedy);
        this.what = what;
        this.offsetBytes = offsetBytes;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    /** Byte offset on the image of the field that is wrong. */
    public long offsetBytes() {
        return offsetBytes;
    }

    public String remedy() {
        return remedy;
    }
}
