namespace Actors.Tests.Remote;

/// <summary>Repeatable draws for tests: the same seed gives the same sequence everywhere (splitmix64).</summary>
internal sealed class Draw(long seed)
{
    private ulong _state = (ulong)seed;

    public int Next(int exclusiveMax) => (int)(Bits() % (ulong)exclusiveMax);

    public int Next(int min, int exclusiveMax) => min + Next(exclusiveMax - min);

    public void NextBytes(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Bits();
    }

    private ulong Bits()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
