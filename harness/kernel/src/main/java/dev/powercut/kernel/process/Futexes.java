package dev.powercut.kernel.process;

import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.kernel.wait.WaitList;
import dev.powercut.sim.Task;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who waits for a word of memory to change: by address of one process, or by place in what several share. */
final class Futexes {

    private final Processes processes;
    private final Map<String, WaitList> lists = new TreeMap<>();

    Futexes(Processes processes) {
        this.processes = processes;
    }

    String key(UserProcess process, long address) {
        String shared = process.addresses().shared(address);
        String place = shared == null ? "memory of " + process : shared;
        return place + " at 0x" + Long.toHexString(process.addresses().offsetInShared(address));
    }

    WaitList list(UserProcess process, long address) {
        String key = key(process, address);
        WaitList list = lists.get(key);
        if (list == null) {
            Vfs vfs = processes.vfs();
            list = vfs.waitList(key, () -> holder(process, address));
            lists.put(key, list);
        }
        return list;
    }

    /** The task of the thread whose number is in a word, or null. */
    private @Nullable Task holder(UserProcess process, long address) {
        if (!process.addresses().isMapped(address)) {
            return null;
        }
        UserThread owner = owner(process, process.memory().rawInt(address), address);
        return owner == null ? null : owner.task();
    }

    /** The thread of a number that has the memory at an address too, or null. */
    @Nullable
    UserThread owner(UserProcess process, int thread, long address) {
        String shared = process.addresses().shared(address);
        for (UserProcess other : processes.table().values()) {
            if (other == process || shared != null) {
                UserThread found = other.threads().find(thread);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
