// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a seller signs: units of one good at a price, for as long as it stands.
struct Offer {
    address seller;
    uint256 good;
    uint128 startPrice; // wei a unit at `start`
    uint128 endPrice; // wei a unit at `expiry`; in between the price moves in a straight line
    uint32 quantity; // most that the tally may come to
    uint16 roomShareBps; // of the price, to the owner of the room where the good was found
    bool primary; // true: units are born; false: they come out of the seller's hands
    uint40 start; // Unix seconds; cannot be filled before
    uint40 expiry; // Unix seconds; cannot be filled after
    uint64 counter; // the seller's counter when signing; bumping it voids the offer
    uint64 serial; // names the tally of sold units; offers of one seller with equal serials share one
}

/// @title Offers: the EIP-712 hash and the price of an offer
library Offers {
    bytes32 internal constant TYPEHASH = keccak256(
        "Offer(address seller,uint256 good,uint128 startPrice,uint128 endPrice,uint32 quantity,uint16 roomShareBps,"
        "bool primary,uint40 start,uint40 expiry,uint64 counter,uint64 serial)"
    );

    /// @notice EIP-712 struct hash of an offer: keccak256(abi.encode(TYPEHASH, offer)).
    /// @dev The words are hashed as they came. One with dirty upper bits gives the hash of an offer that nobody signed.
    function structHash(Offer calldata offer) internal pure returns (bytes32 hash) {
        bytes32 typeHash = TYPEHASH;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), offer, 0x160)
            hash := keccak256(free, 0x180)
        }
    }

    /// @notice Wei a unit at `timestamp`, which must lie within the offer's time; rounded in the seller's favour.
    function unitPrice(Offer calldata offer, uint256 timestamp) internal pure returns (uint256) {
        uint256 from = offer.startPrice;
        uint256 to = offer.endPrice;
        if (from == to) return from;
        unchecked {
            // 128 bits of price times 40 bits of seconds cannot overflow; expiry == start means the end is reached
            uint256 lasts = uint256(offer.expiry) - offer.start;
            if (lasts == 0) return to;
            uint256 passed = timestamp - offer.start;
            if (from > to) return from - (from - to) * passed / lasts;
            return from + ((to - from) * passed + lasts - 1) / lasts;
        }
    }
}
