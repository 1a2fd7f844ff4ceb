package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Directory entries and the cursor over them. */
class DirectoryBlockTest {

    private static final int AT = 8;

    @Property(seed = "1")
    void entriesWrittenAreVisitedInOrder(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 255) Integer> nameLengths) {
        byte[] b = new byte[AT + 4096];
        List<byte[]> names = new ArrayList<>();
        int at = AT;
        for (int length : nameLengths) {
            if (at + DirectoryEntry.minimumLength(length) > AT + 4096 - 264) {
                break;
            }
            byte[] name = "n".repeat(length).getBytes(StandardCharsets.US_ASCII);
            name[0] = (byte) ('A' + names.size());
            int recordLength = DirectoryEntry.minimumLength(length);
            DirectoryEntry.put(b, at, names.size() + 11, recordLength, Format.TYPE_REGULAR, name, 0, length);
            names.add(name);
            at += recordLength;
        }
        DirectoryBlock.putFree(b, at, AT + 4096 - at);
        DirectoryBlock cursor = new DirectoryBlock().reset(b, AT, 4096);
        for (int i = 0; i < names.size(); i++) {
            assertTrue(cursor.next());
            assertEquals(i + 11, cursor.inode());
            assertEquals(Format.TYPE_REGULAR, cursor.fileType());
            assertArrayEquals(names.get(i), DirectoryEntry.name(b, cursor.at()));
            assertTrue(DirectoryEntry.nameEquals(b, cursor.at(), names.get(i), 0, names.get(i).length));
            assertEquals(0, DirectoryEntry.slack(b, cursor.at()));
        }
        assertTrue(cursor.next());
        assertEquals(0, cursor.inode());
        assertEquals(AT + 4096 - at, DirectoryEntry.slack(b, cursor.at()));
        assertFalse(cursor.next());
        assertNull(cursor.defect());
    }

    /** Whatever the bytes are, the cursor stays in the block, advances, and ends. */
    @Property(seed = "2")
    void anyBytesEndTheCursorInsideTheBlock(@ForAll @Size(1024) byte[] bytes) {
        DirectoryBlock cursor = new DirectoryBlock().reset(bytes, 0, 1024);
        int end = 0;
        while (cursor.next()) {
            assertEquals(end, cursor.at());
            assertTrue(cursor.at() + 8 + cursor.nameLength() <= 1024);
            end = cursor.following();
        }
        assertTrue(end <= 1024);
        assertEquals(end < 1024, cursor.defect() != null);
    }

    @Test
    void eachDefectIsTold() {
        byte[] b = new byte[1024];
        DirectoryBlock.putFree(b, 0, 1024);
        assertNull(DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.setRecordLength(b, 0, 8);
        assertEquals(DirectoryBlock.Defect.TOO_SHORT, DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.setRecordLength(b, 0, 0);
        assertEquals(DirectoryBlock.Defect.TOO_SHORT, DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.setRecordLength(b, 0, 1022);
        assertEquals(DirectoryBlock.Defect.MISALIGNED, DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.setRecordLength(b, 0, 1028);
        assertEquals(DirectoryBlock.Defect.BEYOND_BLOCK, DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.setRecordLength(b, 0, 1016);
        assertEquals(DirectoryBlock.Defect.BEYOND_BLOCK, DirectoryBlock.defectAt(b, 0, 1024));
        DirectoryEntry.put(b, 0, 12, 12, 1, "12345".getBytes(StandardCharsets.US_ASCII), 0, 5);
        assertEquals(DirectoryBlock.Defect.NAME_TOO_LONG, DirectoryBlock.defectAt(b, 0, 1024));
    }

    @Test
    void dotAndDotDotAreOnlyThemselves() {
        byte[] b = new byte[64];
        for (String name : List.of(".", "..", ".a", "...", "a")) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            DirectoryEntry.put(b, 0, 12, 64, 1, bytes, 0, bytes.length);
            assertEquals(name.equals("."), DirectoryEntry.isDot(b, 0));
            assertEquals(name.equals(".."), DirectoryEntry.isDotDot(b, 0));
        }
    }
}
