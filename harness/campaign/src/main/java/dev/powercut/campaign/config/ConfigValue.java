package dev.powercut.campaign.config;

import java.util.List;

/** A value of a JSON file. */
sealed interface ConfigValue
        permits ConfigSection,
                ConfigValue.Text,
                ConfigValue.Numeral,
                ConfigValue.Flag,
                ConfigValue.Nothing,
                ConfigValue.Elements {

    /** Where it begins, from 1. */
    int line();

    /** What it is, for messages. */
    String sort();

    /** A string. */
    record Text(int line, String text) implements ConfigValue {
        @Override
        public String sort() {
            return "a text";
        }
    }

    /** A number, as it was written. */
    record Numeral(int line, String digits) implements ConfigValue {
        @Override
        public String sort() {
            return "a number";
        }
    }

    /** True or false. */
    record Flag(int line, boolean value) implements ConfigValue {
        @Override
        public String sort() {
            return Boolean.toString(value);
        }
    }

    /** Null. */
    record Nothing(int line) implements ConfigValue {
        @Override
        public String sort() {
            return "null";
        }
    }

    /** An array. */
    record Elements(int line, List<ConfigValue> elements) implements ConfigValue {
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public String sort() {
            return "a list";
        }
    }
}
