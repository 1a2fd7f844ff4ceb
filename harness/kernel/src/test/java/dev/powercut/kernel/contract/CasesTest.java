package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CasesTest {

    @Test
    void eachOfAtLeast600CasesHasANameOfItsOwn() {
        TreeSet<String> names = new TreeSet<>();
        List<String> twice = new ArrayList<>();
        for (Case one : PosixContract.cases()) {
            if (!names.add(one.name())) {
                twice.add(one.name());
            }
        }
        assertEquals(List.of(), twice);
        assertTrue(names.size() >= 600, names.size() + " cases");
    }

    @Test
    void differencesNameCases() {
        TreeSet<String> names = new TreeSet<>();
        PosixContract.cases().forEach(one -> names.add(one.name()));
        for (Map<String, String> differences : List.of(Differences.ofOtherFileSystems(), Differences.ofLinuxExt2())) {
            differences.keySet().forEach(name -> assertTrue(names.contains(name), name));
        }
    }
}
