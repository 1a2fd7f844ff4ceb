package dev.powercut.campaign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.UsageException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody is told who made a mistake in a file. */
class ConfigFileTest {

    private static final String GOOD = """
        {
          "format": "thing",
          "version": 1,
          "count": 7,
          "parts": [
            {"name": "a"},
            {"name": "b"}
          ]
        }
        """;

    private static List<String> read(String text) {
        ConfigSection section = ConfigFile.parse("f.json", text);
        section.expect("thing", 1);
        section.number("count", 1, 9, null);
        List<String> names = section.sections("parts").stream()
                .map(part -> {
                    String name = part.text("name");
                    part.done();
                    return name;
                })
                .toList();
        section.done();
        return names;
    }

    @Test
    void goodFileIsRead() {
        assertEquals(List.of("a", "b"), read(GOOD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"count\": 7,|\"count\": 77,|f.json:4: 'count' is 77, which is not from 1 to 9",
                "\"count\": 7,|\"count\": 7.5,|f.json:4: 'count' is a number where a whole number is expected",
                "\"count\": 7,|\"count\": \"7\",|f.json:4: 'count' is a text where a whole number is expected",
                "\"count\": 7,|\"cuont\": 7,|f.json:1: 'count' is missing here; is 'cuont' meant to be it?",
                "\"name\": \"b\"|\"name\": \"b\", \"nam\": 1|f.json:7: unknown key 'nam'; did you mean 'name'?",
                "\"name\": \"b\"|\"name\": \"b\", \"name\": 1|f.json:7: Duplicate",
                "{\"name\": \"b\"}|3|f.json:5: 'parts' is a list where a list of objects is expected",
                "\"version\": 1|\"version\": 2|f.json:3: version 2 is of a later Powercut",
                "\"thing\"|\"other\"|f.json:2: the format is 'other', not 'thing'",
                "{\"name\": \"a\"},|{\"name\": \"a\"|f.json:7: Unexpected",
            })
    void mistakeIsToldByFileLineAndReason(String right, String wrong, String message) {
        UsageException e = assertThrows(UsageException.class, () -> read(GOOD.replace(right, wrong)));
        assertTrue(String.valueOf(e.getMessage()).startsWith(message), e::getMessage);
    }

    @Test
    void onlyOneObjectIsAFile() {
        assertThrows(UsageException.class, () -> read("[]"));
        assertThrows(UsageException.class, () -> read(""));
        assertThrows(UsageException.class, () -> read(GOOD + "{}"));
        assertThrows(UsageException.class, () -> read("{\"parts\":" + "[".repeat(100_000)));
    }

    @Property(tries = 300, seed = "1")
    void anyTextIsReadOrRefused(@ForAll String text, @ForAll byte at) {
        int cut = Math.floorMod(at, GOOD.length());
        for (String broken :
                List.of(text, GOOD.substring(0, cut) + text, GOOD.substring(0, cut) + text + GOOD.substring(cut))) {
            try {
                read(broken);
            } catch (UsageException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("f.json:"), e::getMessage);
            }
        }
    }
}
