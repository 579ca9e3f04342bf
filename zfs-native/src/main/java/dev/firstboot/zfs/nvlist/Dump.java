package dev.firstboot.zfs.nvlist;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints lists as {@code zdb} prints a pool's configuration. Prints only the size of byte arrays, because they may be keys. */
final class Dump {
    private static final String STEP = "    ";

    private final StringBuilder out = new StringBuilder();

    private Dump() {}

    static String of(NvList list) {
        Dump dump = new Dump();
        dump.list(list, "");
        return list.isEmpty() ? "(empty)" : dump.text();
    }

    static String of(NvPair pair) {
        Dump dump = new Dump();
        dump.pair(pair, "");
        return dump.text();
    }

    private String text() {
        return out.substring(0, out.length() - 1);
    }

    private void list(NvList list, String indent) {
        list.pairs().forEach(pair -> pair(pair, indent));
    }

    private void pair(NvPair pair, String indent) {
        String name = pair.name();
        switch (pair.type().shape) {
            case FLAG -> line(indent, name);
            case NUMBER -> line(indent, name + ": " + Numbers.text(pair.type(), Numbers.bits(pair.value)));
            case NUMBERS -> line(indent, name + ": " + numbers(pair));
            case STRING -> line(indent, name + ": " + quoted((String) pair.value));
            case STRINGS ->
                line(
                        indent,
                        name + ": " + pair.strings().stream().map(Dump::quoted).toList());
            case LIST -> nested(name, (NvList) pair.value, indent);
            case LISTS -> lists(pair, indent);
        }
    }

    private void lists(NvPair pair, String indent) {
        if (pair.lists().isEmpty()) {
            line(indent, pair.name() + ": []");
        }
        for (int i = 0; i < pair.lists().size(); i++) {
            nested(pair.name() + "[" + i + "]", pair.lists().get(i), indent);
        }
    }

    private void nested(String name, NvList list, String indent) {
        line(indent, name + ":" + (list.isEmpty() ? " (empty)" : ""));
        list(list, indent + STEP);
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }

    private static String numbers(NvPair pair) {
        if (pair.value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return IntStream.range(0, pair.length())
                .mapToObj(i -> Numbers.text(pair.type(), Numbers.get(pair.value, i)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
