package dev.firstboot.zfs.poolimage.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTableTest {
    @Test
    void table_afterManyChanges_isWhatAMapWouldBe() {
        EntryTable table = new EntryTable();
        Map<String, Long> map = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] name = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 255 : 2)];
            random.nextBytes(name);
            String text = new String(name, StandardCharsets.ISO_8859_1);
            long number = random.nextLong();
            assertThat(table.get(text)).isEqualTo(map.get(text));
            table.put(text, number);
            map.put(text, number);
        }
        assertThat(entries(table)).containsExactlyEntriesOf(map);
        assertThat(table.size()).isEqualTo(map.size());
    }

    @Test
    void table_ofManyParts_isTheSameWhenItWasWrittenAndRead() throws IOException {
        EntryTable table = new EntryTable();
        Map<String, Long> map = new LinkedHashMap<>();
        Random random = new Random(2);
        for (long i = 0; i < 5000; i++) {
            String name = i + "-" + "n".repeat(random.nextInt(250));
            table.put(name, i);
            map.put(name, i);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.writeTo(new DataOutputStream(bytes));
        EntryTable read = EntryTable.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (EntryTable one : new EntryTable[] {table, read}) {
            assertThat(entries(one)).containsExactlyEntriesOf(map);
            map.forEach((name, number) -> assertThat(one.get(name)).isEqualTo(number));
        }
    }

    private static Map<String, Long> entries(EntryTable table) {
        Map<String, Long> found = new LinkedHashMap<>();
        table.forEachPlace(at -> found.put(new String(table.name(at), StandardCharsets.ISO_8859_1), table.number(at)));
        return found;
    }

    @Test
    void get_nothingThere_isNull() {
        assertThat(new EntryTable().get("name")).isNull();
    }
}
