package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every accessor of every record: what is set is read back, and nothing but the field changes. */
class RecordFieldsTest {

    private static final int AT = 24;

    /** Accessors of the form {@code set(byte[], int, value)}, by class. */
    private static List<Method> plainSetters(Class<?> record) {
        return Arrays.stream(record.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getName().startsWith("set"))
                .filter(m -> m.getParameterCount() == 3 && m.getParameterTypes()[2].isPrimitive())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Method getterOf(Method setter) throws NoSuchMethodException {
        String name = setter.getName().substring(3);
        return setter.getDeclaringClass()
                .getMethod(Character.toLowerCase(name.charAt(0)) + name.substring(1), byte[].class, int.class);
    }

    private static Object boxed(Method setter, long value) {
        return setter.getParameterTypes()[2] == int.class ? (Object) (int) value : (Object) value;
    }

    @TestFactory
    List<DynamicTest> fieldReadsBackAndTouchesNothingElse() {
        return List.of(Superblock.class, GroupDescriptor.class, InodeRecord.class).stream()
                .flatMap(record -> plainSetters(record).stream())
                .map(setter -> DynamicTest.dynamicTest(
                        setter.getDeclaringClass().getSimpleName() + "." + setter.getName(), () -> roundTrip(setter)))
                .toList();
    }

    private static void roundTrip(Method setter) throws ReflectiveOperationException {
        Method getter = getterOf(setter);
        byte[] zeroes = new byte[AT + 1024 + 8];
        byte[] ones = new byte[zeroes.length];
        Arrays.fill(ones, (byte) -1);
        long value = 0x5A;
        setter.invoke(null, zeroes, AT, boxed(setter, value));
        assertEquals(value, ((Number) getter.invoke(null, zeroes, AT)).longValue());
        setter.invoke(null, ones, AT, boxed(setter, 0));
        assertEquals(0, ((Number) getter.invoke(null, ones, AT)).longValue());

        // The bytes that a zero clears in all ones are the field; setting all bits again restores them.
        int cleared = 0;
        for (byte each : ones) {
            cleared += each == 0 ? 1 : 0;
        }
        assertTrue(cleared == 1 || cleared == 2 || cleared == 4 || cleared == 6 || cleared == 8, "bytes: " + cleared);
        setter.invoke(null, ones, AT, boxed(setter, -1));
        for (byte each : ones) {
            assertEquals(-1, each);
        }
    }

    @Property(seed = "1")
    void sizeAndSectorCountUseBothHalves(@ForAll long size, @ForAll long sectors) {
        byte[] b = new byte[AT + 256];
        InodeRecord.setSize(b, AT, size);
        assertEquals(size, InodeRecord.size(b, AT));
        InodeRecord.setSectorCount(b, AT, sectors & 0xFFFF_FFFF_FFFFL);
        assertEquals(sectors & 0xFFFF_FFFF_FFFFL, InodeRecord.sectorCount(b, AT));
        assertEquals(size, InodeRecord.size(b, AT));
    }

    @Property(seed = "2")
    void ownersHave32Bits(@ForAll int uid, @ForAll int gid) {
        byte[] b = new byte[AT + 128];
        InodeRecord.setUid(b, AT, uid);
        InodeRecord.setGid(b, AT, gid);
        assertEquals(uid, InodeRecord.uid(b, AT));
        assertEquals(gid, InodeRecord.gid(b, AT));
    }

    /** From 1901, when the signed 32 bits begin, to 2446, when the two extra bits end. */
    @Property(seed = "3")
    void largeInodesKeepTimesUpTo2446WithNanoseconds(
            @ForAll @LongRange(min = -0x8000_0000L, max = 0x3_7FFF_FFFFL) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        byte[] b = new byte[AT + 256];
        InodeRecord.setExtraSize(b, AT, 256, Format.EXTRA_ISIZE_KNOWN_BYTES);
        InodeRecord.setAccessTime(b, AT, 256, seconds, nanos);
        InodeRecord.setChangeTime(b, AT, 256, seconds + 1, nanos ^ 1);
        InodeRecord.setModificationTime(b, AT, 256, seconds - 1 < -0x8000_0000L ? seconds : seconds - 1, 7);
        InodeRecord.setCreationTime(b, AT, 256, 5, 6);
        assertEquals(seconds, InodeRecord.accessSeconds(b, AT, 256));
        assertEquals(nanos, InodeRecord.accessNanos(b, AT, 256));
        if (seconds < 0x3_7FFF_FFFFL) {
            assertEquals(seconds + 1, InodeRecord.changeSeconds(b, AT, 256));
        }
        assertEquals(nanos ^ 1, InodeRecord.changeNanos(b, AT, 256));
        assertEquals(7, InodeRecord.modificationNanos(b, AT, 256));
        assertEquals(5, InodeRecord.creationSeconds(b, AT, 256));
        assertEquals(6, InodeRecord.creationNanos(b, AT, 256));
    }

    @Property(seed = "4")
    void smallInodesKeepSecondsOnly(@ForAll int seconds) {
        byte[] b = new byte[AT + 128 + 32];
        Arrays.fill(b, AT + 128, b.length, (byte) 0x77);
        InodeRecord.setAccessTime(b, AT, 128, seconds, 123);
        InodeRecord.setCreationTime(b, AT, 128, 1, 1);
        InodeRecord.setExtraSize(b, AT, 128, 32);
        assertEquals(seconds, InodeRecord.accessSeconds(b, AT, 128));
        assertEquals(0, InodeRecord.accessNanos(b, AT, 128));
        assertEquals(0, InodeRecord.creationSeconds(b, AT, 128));
        byte[] beyond = new byte[32];
        Arrays.fill(beyond, (byte) 0x77);
        assertArrayEquals(beyond, Arrays.copyOfRange(b, AT + 128, b.length));
    }

    @Property(seed = "5")
    void fieldsBeyondTheExtraSizeAreNotThere(@ForAll @IntRange(max = 32) int extra) {
        byte[] b = new byte[256];
        InodeRecord.setExtraSize(b, 0, 256, extra);
        InodeRecord.setAccessTime(b, 0, 256, 0x1_0000_0001L, 9);
        boolean kept = extra >= Format.I_ATIME_EXTRA + 4 - 128;
        assertEquals(kept ? 0x1_0000_0001L : 1, InodeRecord.accessSeconds(b, 0, 256));
        assertEquals(kept ? 9 : 0, InodeRecord.accessNanos(b, 0, 256));
    }

    @Property(seed = "6")
    void pointersAreFifteenWords(@ForAll @IntRange(max = 14) int index, @ForAll int block) {
        byte[] b = new byte[128];
        InodeRecord.setPointer(b, 0, index, block);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            assertEquals(i == index ? block : 0, InodeRecord.pointer(b, 0, i));
        }
        assertEquals(0, InodeRecord.generation(b, 0));
    }

    @Property(seed = "7")
    void superblockTextsAndIdentifiersReadBack(
            @ForAll @Size(16) byte[] id, @ForAll @AlphaChars @StringLength(min = 1, max = 16) String name) {
        byte[] b = new byte[1024];
        Superblock.setUuid(b, 0, id);
        Superblock.setHashSeed(b, 0, id);
        Superblock.setJournalUuid(b, 0, id);
        Superblock.setVolumeName(b, 0, "sixteen bytes...");
        Superblock.setVolumeName(b, 0, name);
        Superblock.setLastMounted(b, 0, "/mnt/" + name);
        assertArrayEquals(id, Superblock.uuid(b, 0));
        assertArrayEquals(id, Superblock.hashSeed(b, 0));
        assertArrayEquals(id, Superblock.journalUuid(b, 0));
        assertEquals(name, Superblock.volumeName(b, 0));
        assertEquals("/mnt/" + name, Superblock.lastMounted(b, 0));
    }
}
