package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.tree.FileTimes;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up trees with a bit of everything; the same seed makes the same tree. */
final class RandomTree {
    private final Random random;
    private final MemoryTree tree = new MemoryTree();
    private final List<String> directories = new ArrayList<>(List.of(""));
    private final List<String> files = new ArrayList<>();

    private RandomTree(long seed) {
        random = new Random(seed);
    }

    static MemoryTree of(long seed) {
        RandomTree made = new RandomTree(seed);
        int entries = 1 + made.random.nextInt(120);
        for (int i = 0; i < entries; i++) {
            made.addOne(i);
        }
        return made.tree;
    }

    private void addOne(int number) {
        String path = directories.get(random.nextInt(directories.size())) + "/" + name(number);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                directories.add(path);
                tree.add(entry(path, FileType.DIRECTORY));
            }
            case 2 -> tree.add(entry(path, FileType.SYMLINK).target(text(1 + random.nextInt(300))));
            case 3 -> tree.add(entry(path, FileType.FIFO));
            case 4 ->
                tree.add(entry(path, random.nextBoolean() ? FileType.CHARACTER_DEVICE : FileType.BLOCK_DEVICE)
                        .device(random.nextInt(1 << 12), random.nextInt(1 << 20)));
            case 5 -> {
                if (files.isEmpty()) {
                    tree.add(entry(path, FileType.SOCKET));
                } else {
                    String target = files.get(random.nextInt(files.size()));
                    tree.add(TreeEntry.builder(TreePath.of(path), FileType.HARD_LINK)
                            .target(target.getBytes(StandardCharsets.UTF_8)));
                }
            }
            default -> {
                files.add(path);
                tree.addFile(entry(path, FileType.REGULAR), content());
            }
        }
    }

    private String name(int number) {
        int length = random.nextInt(20) == 0 ? 250 : 1 + random.nextInt(60);
        StringBuilder name = new StringBuilder().append(number).append('-');
        while (name.length() < length) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private TreeEntry.Builder entry(String path, FileType type) {
        TreeEntry.Builder entry = TreeEntry.builder(TreePath.of(path), type)
                .permissions(random.nextInt(010000))
                .owner(random.nextInt(70000), random.nextInt(70000))
                .times(FileTimes.all(
                        Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000))));
        for (int left = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0; left > 0; left--) {
            entry.addAttribute("user.a" + left, text(1 + random.nextInt(random.nextInt(5) == 0 ? 3000 : 40)));
        }
        return entry;
    }

    private byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Sizes around sectors and records; bytes that compress well, badly, or are all zero in places. */
    private byte[] content() {
        int[] sizes = {0, 1, 511, 512, 513, 4095, 4096, 4097, 131071, 131072, 131073, 262144, 300000};
        int size = random.nextBoolean() ? sizes[random.nextInt(sizes.length)] : random.nextInt(20000);
        byte[] content = new byte[size];
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(content);
            case 1 -> {
                for (int i = 0; i < size; i++) {
                    content[i] = (byte) ('a' + i % 7);
                }
            }
            case 2 -> {
                if (size > 140000) {
                    content[size - 1] = 1;
                }
            }
            default -> {
                for (int i = 0; i < size; i++) {
                    content[i] = (byte) random.nextInt(4);
                }
            }
        }
        return content;
    }
}
